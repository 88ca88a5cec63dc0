// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.Ledger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The place from which a reading gets the state of its aggregate. */
interface Source {
    /** Returns the state; null if it is empty. */
    @Nullable
    AggregateState find(Frame frame);

    /** Calls the action with the id of each stored aggregate that it needs. */
    void forEachAggregate(IntConsumer action);

    /** Returns whether elements can only be added, so that only time removes them. */
    boolean isAddedToOnly();

    /** Returns whether a limit has dropped elements upstream of this source. */
    boolean clipped(Frame frame);

    /** The customer's state, or the current group. */
    record Own(int aggregate) implements Source {
        @Override
        public @Nullable AggregateState find(Frame frame) {
            return frame.find(aggregate);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }

        @Override
        public boolean isAddedToOnly() {
            return true;
        }

        @Override
        public boolean clipped(Frame frame) {
            return false;
        }
    }

    /**
     * Aggregates of the effective orders, or of their product lines.
     *
     * @param ledger the stable id of the orders
     * @param aggregate the id among the aggregates of the orders
     */
    record OfOrders(int ledger, OrderCounts counts, int aggregate) implements Source {
        @Override
        public @Nullable AggregateState find(Frame frame) {
            Ledger known = known(frame);
            return known == null ? null : known.counts(counts, aggregate).find(aggregate);
        }

        private @Nullable Ledger known(Frame frame) {
            return frame.state().aggregates().find(ledger) instanceof Ledger known ? known : null;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(ledger);
        }

        @Override
        public boolean isAddedToOnly() {
            return false;
        }

        @Override
        public boolean clipped(Frame frame) {
            Ledger known = known(frame);
            return known != null && known.clipped();
        }
    }
}
