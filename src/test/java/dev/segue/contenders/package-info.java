// SPDX-License-Identifier: Apache-2.0
/**
 * Compares Segue with the alternatives: the same events from the same broker, each contender in a process of its own.
 * {@link dev.segue.contenders.Bench} is the command, {@link dev.segue.contenders.Contender} the interface of the
 * compared programs.
 */
@NullMarked
package dev.segue.contenders;

import org.jspecify.annotations.NullMarked;
