// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A class of stories that are told on every stage without a server; its constructor takes {@link Stories}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@MethodSource("dev.segue.story.Stories#everywhere")
public @interface ToldEverywhere {}
