// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.Ledger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Where a reading finds what is remembered for its aggregate. */
interface Source {
    /** Null where nothing has been seen. */
    @Nullable
    AggregateState find(Frame frame);

    /** Names what the customer's state must remember for it. */
    void forEachAggregate(IntConsumer action);

    /** Whether elements can only be added, so that nothing but time takes any away. */
    boolean isAddedToOnly();

    /** Whether a limit has dropped elements before they came here. */
    boolean clipped(Frame frame);

    /** The customer's state, or the group that is being looked at. */
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
     * What the orders that stand, or their product lines, add up to.
     *
     * @param ledger the stable id of the orders
     * @param aggregate the id among what is asked of them
     */
    record OfOrders(int ledger, OrderCounts counts, int aggregate) implements Source {
        @Override
        public @Nullable AggregateState find(Frame frame) {
            Ledger known = known(frame);
            return known == null ? null : known.counts(counts).find(aggregate);
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
