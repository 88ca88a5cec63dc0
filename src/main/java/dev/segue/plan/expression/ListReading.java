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
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of elements that are looked at one by one: for lists whose elements change as well as come, and for
 * conditions that cannot be decided when an element comes.
 *
 * @param projection what is taken of each; null for the elements themselves
 * @param depth which lambda the projection is
 * @param factor of overdue
 * @param zero what latest(), sum() and the like of nothing give
 */
record ListReading(
        ListView view,
        @Nullable Node projection,
        int depth,
        Reduction reduction,
        double factor,
        Object zero,
        String text)
        implements Counting {
    @Override
    public Object value(Frame frame) {
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
        List<Object> values = new ArrayList<>(seen.size());
        for (Timed element : seen) {
            frame.setElement(depth, element.value());
            values.add(projection.value(frame));
        }
        return reduction.of(values, zero);
    }

    /** As CEL has it, one element that decides does so even where another has no value. */
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
        long until = view.stableUntil(frame);
        if (reduction != Reductions.OVERDUE) {
            return until;
        }
        try {
            return Math.min(until, Rhythm.of(view.seen(frame), factor).next(frame.now()));
        } catch (EvaluationException nothingSeen) {
            return until; // Before the elements have a value again, nothing is due.
        }
    }

    /** A count of what a window leaves falls by one whenever the oldest passes its border. */
    @Override
    public long stableUntil(Frame frame, LongPredicate condition) {
        long window = reduction == Reductions.COUNT ? view.onlyWindow() : 0;
        if (window == 0) {
            return stableUntil(frame);
        }
        try {
            value(frame);
        } catch (EvaluationException none) {
            return stableUntil(frame); // What is taken of an element may have no value either.
        }
        List<Timed> seen = view.seen(frame);
        // Lines of the cart stand in the order in which they came, not of their times.
        long[] times = seen.stream().mapToLong(Timed::time).sorted().toArray();
        boolean now = condition.test(times.length);
        for (int gone = 1; gone <= times.length; gone++) {
            // Of elements of one time all leave together.
            boolean last = gone == times.length || times[gone] != times[gone - 1];
            if (last && condition.test(times.length - gone) != now) {
                return times[gone - 1] + window;
            }
        }
        return CustomerState.NEVER;
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
