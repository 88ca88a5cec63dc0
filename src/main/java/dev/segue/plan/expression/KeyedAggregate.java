// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Retention;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A set of aggregates for each key.
 *
 * @param key of an element
 * @param window groups whose elements are all older are no longer needed, in milliseconds; {@link Retention#FOREVER}
 *     for all
 * @param cap maximum number of groups; the least recently touched groups are dropped
 * @param inner the aggregates of each group
 */
public record KeyedAggregate(
        int id, Set<String> eventTypes, List<Node> filters, Node key, long window, int cap, List<Aggregate> inner)
        implements Aggregate {
    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        for (int index = 0; index < filters.size(); index++) {
            if (!filters.get(index).test(frame)) {
                return false;
            }
        }
        Object keyed = Values.unsigned(Values.plain(key.value(frame)));
        Keyed groups;
        if (states.find(id) instanceof Keyed known) {
            groups = known;
        } else {
            groups = new Keyed();
            states.put(id, groups);
        }
        Keyed.Group group = groups.join(keyed, time);
        if (window != Retention.FOREVER) {
            groups.dropUntil(now - window);
        }
        if (groups.dropOverCap(cap)) {
            frame.reached(Limit.GROUPS);
        }
        addToEach(group.aggregates(), time, frame, now);
        return true;
    }

    /** Returns the number of groups in the window that are hidden from readings. */
    int leftOut(AggregateStates states, long now) {
        return states.find(id) instanceof Keyed known
                ? known.leftOut(window == Retention.FOREVER ? Long.MIN_VALUE : now - window)
                : 0;
    }

    /** An aggregate that has no value for the event does not affect the others. */
    private void addToEach(AggregateStates states, long time, Frame frame, long now) {
        EvaluationException failure = null;
        for (int index = 0; index < inner.size(); index++) {
            try {
                inner.get(index).add(states, time, frame, now);
            } catch (EvaluationException none) {
                failure = none;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached) {
        if (!(other.take(id) instanceof Keyed more)) {
            return false;
        }
        if (!(into.find(id) instanceof Keyed groups)) {
            into.put(id, more);
            return true;
        }
        groups.merge(more, (group, added) -> inner.forEach(aggregate -> aggregate.merge(group, added, now, reached)));
        if (window != Retention.FOREVER) {
            groups.dropUntil(now - window);
        }
        while (groups.dropOverCap(cap)) {
            reached.accept(Limit.GROUPS);
        }
        return true;
    }

    @Override
    public void adopt(AggregateStates states) {
        if (states.find(id) instanceof Keyed known) {
            known.changed();
            known.forgetAnswers();
            for (Keyed.Group group : known.groups()) {
                group.aggregates().retain(kept -> has(kept));
                inner.forEach(aggregate -> aggregate.adopt(group.aggregates()));
            }
        }
    }

    private boolean has(int inside) {
        return inner.stream().anyMatch(aggregate -> aggregate.id() == inside);
    }
}
