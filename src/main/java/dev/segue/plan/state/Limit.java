// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/** What is remembered of one customer has limits; each stands for one of them. */
public enum Limit {
    /** {@link Keyed#CAP} groups of a stream: the one least recently touched went. */
    GROUPS,
    /** {@link Retention#CAP} elements of a stream: the older half was put together. */
    ELEMENTS_PUT_TOGETHER,
    /** {@link Retention#CAP} elements of a stream whose values cannot be put together: the oldest went. */
    ELEMENTS,
    /** {@link Ledger#CAP} orders or refunds: the oldest went. */
    ORDERS,
    /** {@link CartLog#CAP} steps: they were put together as the lines that they come to. */
    CART,
    /** {@link ProfileState#CAP} fields and keys: a new one was refused. */
    PROFILE,
    /** The bytes of a stored state: the older half of what took the most went. */
    STATE_BYTES,
    /** The bytes of a change: its carry and the long values of its evidence went. */
    CHANGE_BYTES
}
