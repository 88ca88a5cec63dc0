// SPDX-License-Identifier: Apache-2.0
/**
 * A customer's state: the aggregates that definitions need, such as {@link dev.segue.plan.state.Series}, {@link
 * dev.segue.plan.state.CartLog} and {@link dev.segue.plan.state.Ledger}, with memberships and clock in {@link
 * dev.segue.plan.state.CustomerState}; and the language's operations on values. Independent of expressions.
 */
@NullMarked
package dev.segue.plan.state;

import org.jspecify.annotations.NullMarked;
