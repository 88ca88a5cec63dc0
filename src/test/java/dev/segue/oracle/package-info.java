// SPDX-License-Identifier: Apache-2.0
/**
 * A slow and plain implementation of the language, which shows that the engine is correct. {@link
 * dev.segue.oracle.Oracle} keeps whole histories as lists and evaluates them with CEL's own runtime; {@link
 * dev.segue.oracle.DifferentialTest} compares it with the plan on random definitions and histories; {@link
 * dev.segue.oracle.FoundByTheOracleTest} keeps the differences that were found.
 */
@NullMarked
package dev.segue.oracle;

import org.jspecify.annotations.NullMarked;
