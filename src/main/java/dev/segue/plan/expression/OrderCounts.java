// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import com.google.common.base.Suppliers;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.LedgerCounter;
import dev.segue.plan.state.Order;
import dev.segue.plan.state.Settlement;
import dev.segue.plan.state.Timed;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the orders that stand, or their product lines, add up to. It is worked out from the ledger when it is first asked
 * for, kept up as new orders come, and worked out anew when something is given back or an order is announced otherwise. It is
 * as exact as the ledger: no limit of its own cuts it, because a limit would show in which order the elements were counted.
 * Of groups, all are kept, and the {@link Keyed#CAP} least recently touched ones are left out when they are read.
 */
final class OrderCounts implements LedgerCounter {
    /** Before any window: nothing is too old when all is counted anew. */
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final boolean items;
    private final Supplier<List<Aggregate>> aggregates;

    /**
     * @param items whether the elements are the product lines
     * @param aggregates what definitions ask of them; called when all definitions are compiled
     */
    OrderCounts(boolean items, Supplier<List<Aggregate>> aggregates) {
        this.items = items;
        this.aggregates = Suppliers.memoize(aggregates::get);
    }

    @Override
    public AggregateStates of(Ledger ledger) {
        AggregateStates states = new AggregateStates();
        for (Timed element : items ? ledger.items() : ledger.purchases()) {
            count(states, element, LONG_AGO);
        }
        return states;
    }

    @Override
    public void count(AggregateStates states, Settlement order, long now) {
        if (items) {
            order.items().forEach(item -> count(states, item, now));
        } else {
            count(states, order.purchase(), now);
        }
    }

    /** Whether a ledger has elements enough that groups of them may have to be left out. */
    boolean mayLeaveOut(Ledger ledger, Order more) {
        boolean grouped = aggregates.get().stream().anyMatch(aggregate -> aggregate instanceof KeyedAggregate);
        int elements =
                items ? ledger.lines() + more.lines().size() : ledger.orders().size() + 1;
        return grouped && elements > Keyed.CAP;
    }

    /** How many groups are left out of all that ask, because there are more than {@link Keyed#CAP} of a stream. */
    int leftOut(Ledger ledger, long now) {
        AggregateStates states = ledger.counts(this);
        int groups = 0;
        for (Aggregate aggregate : aggregates.get()) {
            if (aggregate instanceof KeyedAggregate keyed) {
                groups += keyed.leftOut(states, now);
            }
        }
        return groups;
    }

    private void count(AggregateStates states, Timed element, long now) {
        Frame frame = new Frame(element.value());
        List<Aggregate> all = aggregates.get();
        for (int index = 0; index < all.size(); index++) {
            try {
                all.get(index).add(states, element.time(), frame, now);
            } catch (EvaluationException none) {
                // Whoever asks has a guard for elements without a value.
            }
        }
    }
}
