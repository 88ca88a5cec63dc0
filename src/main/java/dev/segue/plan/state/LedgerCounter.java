// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/** AggregateNeeds of the orders that stand, which a {@link Ledger} keeps up as long as the customer is in memory. */
public interface LedgerCounter {
    /** Counts all orders of a ledger. */
    AggregateStates of(Ledger ledger);

    /**
     * Counts one more order, announced for the first time, of which nothing was given back.
     *
     * @param now the customer's now, in milliseconds since the epoch
     */
    void count(AggregateStates states, Settlement order, long now);
}
