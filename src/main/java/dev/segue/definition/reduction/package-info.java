// SPDX-License-Identifier: Apache-2.0
/**
 * The functions of the language that turn a stream into one value, one class each. {@link
 * dev.segue.definition.reduction.Reduction} is their base class; {@link dev.segue.definition.reduction.Reductions}
 * lists them.
 */
@NullMarked
package dev.segue.definition.reduction;

import org.jspecify.annotations.NullMarked;
