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
 * Aggregates of the effective orders, or of their product lines. Each is computed from the ledger on first use,
 * updated as new orders arrive, and recomputed after a refund or a changed order. They are as exact as the ledger: they
 * have no limit of their own, because a limit would make the result depend on the order in which elements are added.
 * All groups are kept, but reading returns only the {@link Keyed#CAP} most recently touched ones.
 */
final class OrderCounts implements LedgerCounter {
    /** Before any window, so that a recomputation drops nothing as too old. */
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final boolean items;
    private final Supplier<List<Aggregate>> aggregates;

    /**
     * @param items whether the elements are product lines instead of orders
     * @param aggregates supplies the aggregates that definitions need; called after all definitions are compiled
     */
    OrderCounts(boolean items, Supplier<List<Aggregate>> aggregates) {
        this.items = items;
        this.aggregates = Suppliers.memoize(aggregates::get);
    }

    @Override
    public AggregateStates of(Ledger ledger, int aggregate) {
        AggregateStates states = new AggregateStates();
        Aggregate wanted = find(aggregate);
        for (Timed element : items ? ledger.items() : ledger.purchases()) {
            count(states, wanted, element, LONG_AGO);
        }
        return states;
    }

    @Override
    public void count(AggregateStates states, int aggregate, Settlement order, long now) {
        Aggregate wanted = find(aggregate);
        if (items) {
            order.items().forEach(item -> count(states, wanted, item, now));
        } else {
            count(states, wanted, order.purchase(), now);
        }
    }

    private Aggregate find(int id) {
        for (Aggregate aggregate : aggregates.get()) {
            if (aggregate.id() == id) {
                return aggregate;
            }
        }
        throw new IllegalArgumentException("no aggregate of orders has the id " + id);
    }

    /** Returns whether a ledger has enough elements to exceed the limit of groups. */
    boolean mayLeaveOut(Ledger ledger, Order more) {
        boolean grouped = aggregates.get().stream().anyMatch(aggregate -> aggregate instanceof KeyedAggregate);
        int elements =
                items ? ledger.lines() + more.lines().size() : ledger.orders().size() + 1;
        return grouped && elements > Keyed.CAP;
    }

    /**
     * Returns the number of groups left out over all aggregates, because a stream has more than {@link Keyed#CAP}
     * groups.
     */
    int leftOut(Ledger ledger, long now) {
        if ((items ? ledger.lines() : ledger.orders().size()) <= Keyed.CAP) {
            return 0;
        }
        int groups = 0;
        for (Aggregate aggregate : aggregates.get()) {
            if (aggregate instanceof KeyedAggregate keyed) {
                groups += keyed.leftOut(ledger.counts(this, keyed.id()), now);
            }
        }
        return groups;
    }

    private static void count(AggregateStates states, Aggregate aggregate, Timed element, long now) {
        try {
            aggregate.add(states, element.time(), new Frame(element.value()), now);
        } catch (EvaluationException none) {
            // Every reading has a guard for elements without a value.
        }
    }
}
