// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import dev.segue.definition.language.Span;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger is for.
 *
 * @param event the type of event that reaches it
 * @param within how long after sending; an event exactly that long after it is too late
 * @param value the event's field that says what it is worth, a number; null if none does
 */
public record Goal(String event, Span within, @Nullable String value) {}
