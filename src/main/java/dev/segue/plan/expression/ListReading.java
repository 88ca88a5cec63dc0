// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Rhythm;
import dev.segue.plan.state.Timed;
import dev.segue.value.EvaluationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of elements that are evaluated one by one: for lists whose elements can change, and for conditions that
 * cannot be decided when an element arrives.
 *
 * @param projection the value of each element; null for the elements themselves
 * @param depth the depth of the projection's lambda
 * @param factor of overdue
 * @param zero the result of latest(), sum() and similar reductions without elements
 * @param latest finds an element for exists() if time can only take elements away; otherwise null
 */
record ListReading(
        ListView view,
        @Nullable Node projection,
        int depth,
        Reduction reduction,
        double factor,
        Object zero,
        String text,
        @Nullable LatestHolding latest)
        implements Counting {
    @Override
    public Object value(Frame frame) {
        if (latest != null) {
            return latest.find(frame) != null;
        }
        List<Timed> seen = view.seen(frame);
        if (reduction == Reductions.OVERDUE) {
            return Rhythm.of(seen, factor).isOverdue(frame.now());
        }
        if (projection == null) {
            return reduction.of(seen, zero);
        }
        if (reduction == Reductions.EXISTS || reduction == Reductions.EVERY) {
            return any(seen, reduction == Reductions.EXISTS, projection, frame) == (reduction == Reductions.EXISTS);
        }
        return reduction.of(project(seen, projection, frame), zero);
    }

    private List<Object> project(List<Timed> seen, Node projected, Frame frame) {
        List<Object> values = new ArrayList<>(seen.size());
        for (Timed element : seen) {
            frame.setElement(depth, element.value());
            values.add(projected.value(frame));
        }
        return values;
    }

    /** As in CEL, an element that decides does so even if another has no value. */
    private boolean any(List<Timed> seen, boolean wanted, Node condition, Frame frame) {
        EvaluationException failure = null;
        for (Timed element : seen) {
            frame.setElement(depth, element.value());
            try {
                if (condition.test(frame) == wanted) {
                    return true;
                }
            } catch (EvaluationException none) {
                failure = none;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }

    @Override
    public long count(Frame frame) {
        return (Long) value(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        if (latest != null) {
            return latest.stableUntil(frame);
        }
        long until = view.stableUntil(frame);
        if (reduction != Reductions.OVERDUE) {
            return until;
        }
        try {
            return Math.min(until, Rhythm.of(view.seen(frame), factor).next(frame.now()));
        } catch (EvaluationException nothingSeen) {
            return until; // Nothing is due until the elements have a value again.
        }
    }

    /** The count of a window falls by one whenever the oldest element leaves it. */
    @Override
    public long stableUntil(Frame frame, LongPredicate condition) {
        long window = reduction == Reductions.COUNT ? view.onlyWindow() : 0;
        if (window == 0) {
            return stableUntil(frame);
        }
        long[] times;
        try {
            times = countedTimes(frame);
        } catch (EvaluationException none) {
            return stableUntil(frame);
        }
        boolean now = condition.test(times.length);
        for (int gone = 1; gone <= times.length; gone++) {
            // Elements with the same time leave together.
            boolean last = gone == times.length || times[gone] != times[gone - 1];
            if (last && condition.test(times.length - gone) != now) {
                return times[gone - 1] + window;
            }
        }
        return CustomerState.NEVER;
    }

    /** Returns the times of the counted elements, ascending: lines of the cart are in order of arrival. */
    private long[] countedTimes(Frame frame) {
        List<Timed> seen = view.seen(frame);
        if (projection != null) {
            List<Object> unused = project(seen, projection, frame); // An element without a value fails here.
        }
        long[] times = new long[seen.size()];
        for (int index = 0; index < times.length; index++) {
            times[index] = seen.get(index).time();
        }
        Arrays.sort(times);
        return times;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        view.forEachAggregate(action);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, view.elements().approximate(frame));
    }
}
