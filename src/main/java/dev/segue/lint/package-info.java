/**
 * Finds definitions that are in order and yet hardly meant: they hold for customers of whom nothing is known, or they
 * always or never hold. Start at {@link dev.segue.lint.Lint}; {@link dev.segue.lint.UnknownCustomer} evaluates the
 * compiled plan, {@link dev.segue.lint.Facts} reasons about ranges.
 */
@NullMarked
package dev.segue.lint;

import org.jspecify.annotations.NullMarked;
