package dev.segue.plan;

import java.util.List;

/**
 * What the orders that stand, or their product lines, add up to. It is worked out from the ledger when it is first asked
 * for, kept up as orders come, and worked out anew when something is taken back. It is as exact as the ledger: no limit of
 * its own cuts it, because a limit would show in which order the elements were counted.
 */
final class OrderCounts {
    /** Before any window: nothing is too old when all is counted anew. */
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final boolean items;
    private final List<Aggregate> aggregates;

    OrderCounts(boolean items, List<Aggregate> aggregates) {
        this.items = items;
        this.aggregates = aggregates;
    }

    /** All elements of a ledger. */
    AggregateStates of(Ledger ledger) {
        AggregateStates states = new AggregateStates();
        for (Kept element : items ? ledger.items() : ledger.purchases()) {
            count(states, element, LONG_AGO);
        }
        return states;
    }

    /** One more order, of which nothing was taken back. */
    void count(AggregateStates states, Ledger.Order order, long now) {
        if (items) {
            order.items().forEach(item -> count(states, new Kept(order.time(), item), now));
        } else {
            count(states, new Kept(order.time(), order.fields()), now);
        }
    }

    private void count(AggregateStates states, Kept element, long now) {
        Frame frame = new Frame(element.value());
        for (int index = 0; index < aggregates.size(); index++) {
            try {
                aggregates.get(index).add(states, element.time(), frame, now);
            } catch (EvaluationException none) {
                // Whoever asks has a guard for elements without a value.
            }
        }
    }
}
