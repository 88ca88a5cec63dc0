// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Retention;
import dev.segue.value.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Groups that each have their own aggregates.
 *
 * @param source the source of the {@link Keyed}
 * @param window groups whose elements are all older are hidden, in milliseconds; {@link Retention#FOREVER} for all
 * @param present counts the visible elements of a group; null if groups are always visible
 */
record KeyedGroups(Source source, @Nullable Counting present, long window) implements GroupSource {
    @Override
    public Object value(Frame frame) {
        List<Keyed.Group> all = all(frame);
        if (present == null) {
            return all;
        }
        List<Keyed.Group> seen = new ArrayList<>(all.size());
        for (Keyed.Group group : all) {
            frame.enter(group.aggregates());
            if (present.count(frame) > 0) {
                seen.add(group);
            }
        }
        return seen;
    }

    @Override
    public @Nullable List<Keyed> states(Frame frame) {
        Keyed keyed = present == null ? state(frame) : null;
        return keyed != null && keyed.groups().size() <= Keyed.CAP ? List.of(keyed) : null;
    }

    @Override
    public @Nullable Object find(Object key, Frame frame) {
        return get(key, frame);
    }

    /** Returns the groups; null if there are none. */
    @Nullable
    Keyed state(Frame frame) {
        return source.find(frame) instanceof Keyed keyed ? keyed : null;
    }

    /** Returns the group of a key; null if there is none. */
    Keyed.@Nullable Group get(Object key, Frame frame) {
        return source.find(frame) instanceof Keyed keyed ? keyed.get(key) : null;
    }

    /** Returns all groups, also those without visible elements. */
    List<Keyed.Group> all(Frame frame) {
        return source.find(frame) instanceof Keyed keyed ? keyed.latest() : List.of();
    }

    @Override
    public long stableUntil(Frame frame) {
        long until = CustomerState.NEVER;
        if (present != null) {
            for (Keyed.Group group : all(frame)) {
                frame.enter(group.aggregates());
                until = Math.min(until, present.stableUntil(frame, count -> count > 0));
            }
        }
        return until;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        source.forEachAggregate(action);
        if (present != null) {
            present.forEachAggregate(action);
        }
    }

    @Override
    public boolean approximate(Frame frame, List<Reading> inner) {
        long since = window == Retention.FOREVER ? Long.MIN_VALUE : frame.now() - window;
        boolean cut = source.find(frame) instanceof Keyed keyed && (keyed.clipped() || keyed.leftOut(since) > 0);
        if (cut || source.clipped(frame)) {
            return true;
        }
        for (Keyed.Group group : all(frame)) {
            frame.enter(group.aggregates());
            if (isApproximate(inner, frame)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a reading of the current group may have needed what a limit has dropped. */
    static boolean isApproximate(List<Reading> inner, Frame frame) {
        for (Reading reading : inner) {
            if (isApproximate(reading, frame)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isApproximate(Reading reading, Frame frame) {
        try {
            return reading.approximate(frame);
        } catch (EvaluationException none) {
            return false; // It did not affect the result.
        }
    }
}
