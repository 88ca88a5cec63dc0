// SPDX-License-Identifier: Apache-2.0
/**
 * The meaning of the language, told slowly and plainly, and the proof that the engine agrees with it. {@link
 * dev.segue.oracle.Oracle} keeps whole histories as lists and runs CEL's own runtime on them; {@link
 * dev.segue.oracle.DifferentialTest} compares it with the plan on random definitions and histories; what it has found
 * is kept in {@link dev.segue.oracle.FoundByTheOracleTest}.
 */
@NullMarked
package dev.segue.oracle;

import org.jspecify.annotations.NullMarked;
