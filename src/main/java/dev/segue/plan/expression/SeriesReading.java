// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.reduction.Most;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Retention;
import dev.segue.plan.state.Rhythm;
import dev.segue.plan.state.Series;
import dev.segue.plan.state.Tally;
import dev.segue.value.Bucket;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of the visible elements of a series.
 *
 * @param bound counts are limited to this, because no more elements are kept; {@link Integer#MAX_VALUE} for no bound
 * @param factor of overdue
 * @param zero the result of latest() and sum() without elements
 */
record SeriesReading(SeriesView view, Reduction reduction, int bound, double factor, Object zero, String text)
        implements Counting {
    @Override
    public Object value(Frame frame) {
        if (reduction.isCount()) {
            return count(frame);
        }
        if (reduction == Reductions.EXISTS) {
            return count(frame) > 0;
        }
        return reduction == Reductions.OVERDUE ? (Object) rhythm(frame).isOverdue(frame.now()) : reduced(frame);
    }

    @Override
    public long count(Frame frame) {
        if (!countsElements()) {
            return (Long) reduced(frame);
        }
        Series series = view.series(frame);
        return Math.min(bound, series.count(view.from(series, frame), view.to(series, frame)));
    }

    private Object reduced(Frame frame) {
        if (reduction == Reductions.MOST) {
            Tally tally = tally(frame);
            return tally == null ? zero : tally.result(zero);
        }
        List<Object> values = values(frame);
        return !values.isEmpty() && isCoarse(frame)
                ? reduction.ofBuckets(values.stream().map(Bucket::of).toList(), zero)
                : reduction.of(values, zero);
    }

    /** Spares the record if only its most frequent value or the count is needed. */
    @Override
    public Object field(Frame frame, FieldValue field) {
        boolean tallied = reduction == Reductions.MOST && !field.name().equals(Most.SHARE);
        Tally tally = tallied ? tally(frame) : null;
        Object leader = tally == null ? null : tally.leader();
        if (tally == null || leader == null) {
            return field.value(frame);
        }
        return field.name().equals(Most.COUNT) ? (Object) (long) tally.count() : leader;
    }

    /** Returns the counts of the visible values; null if nothing is visible. */
    private @Nullable Tally tally(Frame frame) {
        Series series = view.series(frame);
        int from = view.from(series, frame);
        int to = view.to(series, frame);
        return from < to ? series.tally(view.column(series), from, to) : null;
    }

    private boolean isCoarse(Frame frame) {
        Series series = view.series(frame);
        return series.isCoarse(view.from(series, frame), view.to(series, frame));
    }

    /** Returns the rhythm of the visible elements; for a coarse series, that of its exact part. */
    private Rhythm rhythm(Frame frame) {
        Series series = view.series(frame);
        int from = view.from(series, frame);
        int to = view.to(series, frame);
        while (from < to && series.isCoarse(from, to)) {
            from++;
        }
        long[] times = new long[Math.max(0, to - from)];
        for (int index = 0; index < times.length; index++) {
            times[index] = series.time(from + index);
        }
        return Rhythm.of(times, factor);
    }

    /**
     * Returns whether the result is the number of visible elements. A series of distinct values contains each value
     * only once if neither an age nor last() restricts the view.
     */
    private boolean countsElements() {
        boolean unique = view.isSuffix() && view.last() == Integer.MAX_VALUE;
        return reduction == Reductions.COUNT || reduction == Reductions.EXISTS || unique;
    }

    private List<Object> values(Frame frame) {
        Series series = view.series(frame);
        int from = view.from(series, frame);
        int to = view.to(series, frame);
        return from < to && view.column() != SeriesView.TIMES
                ? series.values(view.column(series), from, to)
                : List.of();
    }

    @Override
    public long stableUntil(Frame frame) {
        long until = view.stableUntil(frame, reduction == Reductions.LATEST ? 1 : bound);
        if (reduction != Reductions.OVERDUE) {
            return until;
        }
        try {
            return Math.min(until, rhythm(frame).next(frame.now()));
        } catch (EvaluationException noAnchor) {
            return until;
        }
    }

    /** The most frequent value stays the same until enough of its elements have left the window. */
    @Override
    public long stableUntil(Frame frame, String field) {
        boolean leaves = view.age() == 0 && view.window() != Retention.FOREVER && !view.hasTimedAnchor();
        if (reduction != Reductions.MOST || !leaves || field.equals(Most.SHARE)) {
            return stableUntil(frame);
        }
        Tally tally = tally(frame);
        long until = view.anchorsStableUntil(frame);
        if (tally == null || tally.leader() == null) {
            return until;
        }
        // The count of the leader falls with its first element, and another can lead once the margin is used up.
        int leaving = tally.indexOfLeader(field.equals(Most.COUNT) ? 1 : tally.margin());
        return Math.min(until, view.series(frame).time(leaving) + view.window());
    }

    /** Returns whether the latest value can be repeated without changing the result, as long as it is visible. */
    private boolean ignoresRepetition() {
        return reduction == Reductions.LATEST || (reduction.needsDistinctOnly() && view.last() == Integer.MAX_VALUE);
    }

    @Override
    public boolean staysAfter(Frame frame, int aggregate) {
        return staysAfter(frame, aggregate, "");
    }

    /**
     * The result stays if the new element has no value, if it repeats the latest value, or if the most frequent value
     * still leads by as much as before.
     */
    @Override
    public boolean staysAfter(Frame frame, int aggregate, String field) {
        if (!view.isAlone() || view.column() == SeriesView.TIMES) {
            return false;
        }
        Series series = view.series(frame);
        if (view.last() == Integer.MAX_VALUE && series.gainedNothing(view.column(series))) {
            return true;
        }
        if (view.isSuffix() && ignoresRepetition()) {
            return series.repeats(view.windowStart(frame));
        }
        if (reduction != Reductions.MOST || !view.isSuffix() || view.last() != Integer.MAX_VALUE) {
            return false;
        }
        return switch (field) {
            case Most.VALUE -> series.keepsLeader(view.column(series), view.from(series, frame));
            case Most.COUNT -> series.keepsCount(view.column(series), view.from(series, frame));
            default -> false;
        };
    }

    @Override
    public long stableUntil(Frame frame, LongPredicate condition) {
        boolean slides = view.age() > 0 && view.last() != Integer.MAX_VALUE;
        if (view.hasTimedAnchor() || !countsElements() || slides || isCoarse(frame)) {
            return stableUntil(frame);
        }
        Series series = view.series(frame);
        boolean holds = condition.test(count(frame));
        int to = view.to(series, frame);
        int from = view.from(series, frame);
        if (view.window() == Retention.FOREVER) {
            return view.age() == 0 ? CustomerState.NEVER : whenEnoughAge(series, from, to, holds, condition);
        }
        return view.age() == 0 ? whenEnoughLeave(series, from, to, holds, condition) : stableUntil(frame);
    }

    /** Returns the instant at which enough elements have left, oldest first, to change the result. */
    private long whenEnoughLeave(Series series, int from, int to, boolean holds, LongPredicate condition) {
        for (int first = Math.max(from, to - bound); first < to; first++) {
            if (condition.test(to - first - 1) != holds) {
                return series.time(first) + view.window();
            }
        }
        return CustomerState.NEVER;
    }

    /** Returns the instant at which enough elements have reached the age, oldest first, to change the result. */
    private long whenEnoughAge(Series series, int from, int to, boolean holds, LongPredicate condition) {
        for (int last = to; last < series.size(); last++) {
            int count = last + 1 - Math.max(from, 0);
            if (condition.test(Math.min(bound, Math.max(0, count))) != holds) {
                return series.time(last) + view.age();
            }
        }
        return CustomerState.NEVER;
    }

    @Override
    public @Nullable NavigableSet<Integer> restraints() {
        // Each further element displaces one of the latest few, so possibly none of those is old enough.
        boolean slides = view.age() > 0 && view.last() != Integer.MAX_VALUE;
        boolean counts = reduction == Reductions.COUNT
                || reduction == Reductions.EXISTS
                || (reduction == Reductions.DISTINCT_COUNT && countsElements());
        if (slides || !counts || !view.source().isAddedToOnly()) {
            return null;
        }
        NavigableSet<Integer> restraints = new TreeSet<>();
        view.anchors().forEach(anchor -> anchor.forEachAggregate(restraints::add));
        return restraints;
    }

    @Override
    public @Nullable Settled settled() {
        NavigableSet<Integer> restraints = reduction == Reductions.EXISTS ? restraints() : null;
        return restraints == null ? null : new Settled(true, restraints);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        view.forEachAggregate(action);
    }

    @Override
    public Evidence evidence(Frame frame) {
        Object value = value(frame);
        boolean atLeast = value instanceof Long count && bound != Integer.MAX_VALUE && count == bound;
        return new Evidence(text, value, atLeast, approximate(frame));
    }

    @Override
    public boolean approximate(Frame frame) {
        Series series = view.series(frame);
        // A limit never drops the latest few elements, but an age may need others.
        boolean cut = series.clipped() && (bound == Integer.MAX_VALUE || !view.isSuffix());
        // Among elements of another history, a bucket that is too young may contain some that are old enough.
        boolean hidden = series.isCoarse(view.to(series, frame), series.size());
        return cut || hidden || isCoarse(frame) || view.source().clipped(frame);
    }
}
