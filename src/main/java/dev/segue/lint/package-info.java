// SPDX-License-Identifier: Apache-2.0
/**
 * Finds valid definitions that are probably mistakes: they hold for customers without data, or they always or never
 * hold. Start at {@link dev.segue.lint.Lint}; {@link dev.segue.lint.UnknownCustomer} evaluates the compiled plan,
 * {@link dev.segue.lint.Facts} reasons about ranges.
 */
@NullMarked
package dev.segue.lint;

import org.jspecify.annotations.NullMarked;
