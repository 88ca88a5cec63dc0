// SPDX-License-Identifier: Apache-2.0
/**
 * Segue beside what people would run instead: the same events from the same broker, each contender in a process of its
 * own. {@link dev.segue.contenders.Bench} is the command, {@link dev.segue.contenders.Contender} what it compares.
 */
@NullMarked
package dev.segue.contenders;

import org.jspecify.annotations.NullMarked;
