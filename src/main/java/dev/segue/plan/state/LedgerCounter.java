// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/** Computes aggregates of the effective orders, which a {@link Ledger} updates as long as the customer is in memory. */
public interface LedgerCounter {
    /** Computes the aggregates from all orders of a ledger. */
    AggregateStates of(Ledger ledger);

    /**
     * Adds one order that was announced for the first time and has no refunds.
     *
     * @param now the customer's current time, in milliseconds since the epoch
     */
    void count(AggregateStates states, Settlement order, long now);
}
