// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/** The limits on one customer's state. */
public enum Limit {
    /** {@link Keyed#CAP} groups of a stream: the least recently touched group was dropped. */
    GROUPS,
    /** {@link Retention#CAP} elements of a stream: the older half was merged. */
    ELEMENTS_PUT_TOGETHER,
    /** {@link Retention#CAP} elements of a stream whose values cannot be merged: the oldest were dropped. */
    ELEMENTS,
    /** {@link Ledger#CAP} orders or refunds: the oldest were dropped. */
    ORDERS,
    /** {@link CartLog#CAP} steps: they were merged into the resulting lines. */
    CART,
    /** {@link ProfileState#CAP} fields and keys: a new one was rejected. */
    PROFILE,
    /**
     * Groups or a cart that reach further back than the retained events, when a definition is filled that reads more of
     * them: they keep only what they had.
     */
    PAST,
    /** The size of a stored state: the older half of the largest aggregate was dropped. */
    STATE_BYTES,
    /** The size of a change: its carry and the long values of its evidence were dropped. */
    CHANGE_BYTES,
    /** The size of a trigger's decision: its payload was dropped. */
    DECISION_BYTES
}
