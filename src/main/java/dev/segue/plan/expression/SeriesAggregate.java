// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Retention;
import dev.segue.plan.state.Series;
import dev.segue.value.Values;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Elements with their times and, if needed, a value of each. */
public record SeriesAggregate(
        int id,
        Set<String> eventTypes,
        List<Node> filters,
        @Nullable Node value,
        Retention retention) implements Aggregate {
    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        for (int index = 0; index < filters.size(); index++) {
            if (!filters.get(index).test(frame)) {
                return false;
            }
        }
        Object element = value == null ? null : Values.plain(value.value(frame));
        if (states.find(id) instanceof Series series) {
            if (!series.wants(time, retention, now)) {
                return false;
            }
            Limit limit = series.insert(time, element, retention, now);
            if (limit != null) {
                frame.reached(limit);
            }
            return true;
        }
        Series series = new Series();
        series.insert(time, element, retention, now);
        if (series.size() > 0) {
            states.put(id, series);
        }
        return series.size() > 0;
    }

    @Override
    public boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached) {
        if (!(other.take(id) instanceof Series more)) {
            return false;
        }
        if (into.find(id) instanceof Series series) {
            Limit limit = series.merge(more, retention, now);
            if (limit != null) {
                reached.accept(limit);
            }
        } else {
            into.put(id, more);
        }
        return true;
    }
}
