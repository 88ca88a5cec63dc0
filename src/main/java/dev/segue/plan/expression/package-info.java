// SPDX-License-Identifier: Apache-2.0
/**
 * Compiles expressions into trees of {@link dev.segue.plan.expression.Node}s and the {@link
 * dev.segue.plan.expression.Aggregate}s that feed them. Start at {@link
 * dev.segue.plan.expression.ExpressionCompiler}; {@link dev.segue.plan.expression.AggregateNeeds} shares one aggregate
 * among all expressions that need the same.
 */
@NullMarked
package dev.segue.plan.expression;

import org.jspecify.annotations.NullMarked;
