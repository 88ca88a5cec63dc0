// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Total;
import dev.segue.value.Millionths;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The number of elements and the sum of their values. */
record TotalAggregate(
        int id,
        Set<String> eventTypes,
        List<Node> filters,
        @Nullable Node value) implements Aggregate {
    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        for (int index = 0; index < filters.size(); index++) {
            if (!filters.get(index).test(frame)) {
                return false;
            }
        }
        double addend = value == null ? 0 : number(value.value(frame));
        if (states.find(id) instanceof Total total) {
            total.add(addend);
        } else {
            Total total = new Total(0, Millionths.ZERO);
            total.add(addend);
            states.put(id, total);
        }
        return true;
    }

    @Override
    public boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached) {
        if (!(other.take(id) instanceof Total more)) {
            return false;
        }
        if (into.find(id) instanceof Total total) {
            total.merge(more);
        } else {
            into.put(id, more);
        }
        return true;
    }

    /** A condition that holds counts as 1. */
    private static double number(Object value) {
        return value instanceof Boolean holds ? (holds ? 1 : 0) : ((Number) value).doubleValue();
    }
}
