// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * Computes aggregates of the effective orders, each when it is first needed. A {@link Ledger} updates those as long as
 * the customer is in memory.
 */
public interface LedgerCounter {
    /**
     * Computes an aggregate from all orders of a ledger.
     *
     * @param aggregate its id
     * @return its state only
     */
    AggregateStates of(Ledger ledger, int aggregate);

    /**
     * Adds one order that was announced for the first time and has no refunds.
     *
     * @param states of this aggregate only
     * @param aggregate its id
     * @param now the customer's current time, in milliseconds since the epoch
     */
    void count(AggregateStates states, int aggregate, Settlement order, long now);
}
