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

/**
 * Elements with their times and, if needed, one or more values of each.
 *
 * @param values in the order of their columns
 */
public record SeriesAggregate(
        int id, Set<String> eventTypes, List<Node> filters, List<Value> values, Retention retention)
        implements Aggregate {

    /**
     * What a column stores of an element.
     *
     * @param id the column's stable id
     * @param present conditions on the element; the column has no value for elements that do not meet them
     * @param text canonical text of the value
     */
    public record Value(int id, List<Node> present, Node value, String text) {
        @Nullable
        Object of(Frame frame) {
            for (int index = 0; index < present.size(); index++) {
                if (!present.get(index).test(frame)) {
                    return null;
                }
            }
            return Values.plain(value.value(frame));
        }
    }

    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        Series known = states.find(id) instanceof Series series ? series : null;
        if (known != null && !known.wants(time, retention, now)) {
            return false;
        }
        for (int index = 0; index < filters.size(); index++) {
            if (!filters.get(index).test(frame)) {
                return false;
            }
        }
        @Nullable Object[] elements = new Object[values.size()];
        for (int column = 0; column < elements.length; column++) {
            elements[column] = values.get(column).of(frame);
        }
        Series series = known == null ? new Series(columnIds()) : known;
        Limit limit = series.insert(time, elements, retention, now);
        if (limit != null) {
            frame.reached(limit);
        }
        if (known == null && series.size() > 0) {
            states.put(id, series);
        }
        return series.size() > 0;
    }

    private int[] columnIds() {
        return values.stream().mapToInt(Value::id).toArray();
    }

    @Override
    public void adopt(AggregateStates states) {
        if (states.find(id) instanceof Series series) {
            series.keep(columnIds());
        }
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
