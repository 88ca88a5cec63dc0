// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Retention;
import dev.segue.plan.state.Series;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The visible part of a series at an instant: a range, because every step cuts off one end.
 *
 * @param source the source of the series
 * @param column where the plan that stores the series keeps the values, if it is the one that this was compiled with; or
 *     {@link #TIMES}
 * @param columnId of the values, wherever another plan keeps them
 * @param window only elements after now minus this, in milliseconds; {@link Retention#FOREVER} for all
 * @param age only elements at or before now minus this, in milliseconds; 0 for all
 * @param last maximum number of the latest elements; {@link Integer#MAX_VALUE} for all
 * @param lastOfOld whether {@code last} applies to the elements that have reached the age rather than to all
 * @param anchors only elements strictly later than the latest visible element of each anchor
 */
record SeriesView(
        Source source,
        int column,
        int columnId,
        long window,
        long age,
        int last,
        boolean lastOfOld,
        List<Anchor> anchors)
        implements Anchor {
    /** Instead of a column: only the times are needed. */
    static final int TIMES = -1;

    private static final Series NOTHING = new Series();

    Series series(Frame frame) {
        return source.find(frame) instanceof Series series ? series : NOTHING;
    }

    /** Returns the column of a series that has the values. */
    int column(Series series) {
        return column < series.columns() && series.id(column) == columnId ? column : series.columnOf(columnId);
    }

    /** Returns whether it shows a stored series to which nothing but time and further elements matters. */
    boolean isAlone() {
        return source instanceof Source.Own && anchors.isEmpty();
    }

    /** Returns whether only the front can be cut off, so that the latest elements are always visible. */
    boolean isSuffix() {
        return age == 0;
    }

    /** Returns whether time alone can change which elements are visible. */
    @Override
    public boolean isTimed() {
        return window != Retention.FOREVER || age > 0 || hasTimedAnchor();
    }

    /** Returns whether time alone can change an anchor. */
    boolean hasTimedAnchor() {
        for (int index = 0; index < anchors.size(); index++) {
            if (anchors.get(index).isTimed()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        source.forEachAggregate(action);
        anchors.forEach(anchor -> anchor.forEachAggregate(action));
    }

    /** Returns the index of the first visible element. */
    int from(Series series, Frame frame) {
        long after = windowStart(frame);
        // Loops here and in the aggregates use an index: iterators would dominate the cost of an event.
        for (int index = 0; index < anchors.size(); index++) {
            after = Math.max(after, anchors.get(index).latestTime(frame));
        }
        int from = after == Long.MIN_VALUE ? 0 : series.firstAfter(after);
        int end = lastOfOld ? to(series, frame) : series.size();
        return last == Integer.MAX_VALUE ? from : Math.max(from, end - last);
    }

    /** Returns the index after the last visible element. */
    int to(Series series, Frame frame) {
        return age == 0 ? series.size() : series.firstAfter(frame.now() - age);
    }

    /** Returns the time after which elements are inside the window. */
    long windowStart(Frame frame) {
        return window == Retention.FOREVER ? Long.MIN_VALUE : frame.now() - window;
    }

    @Override
    public long latestTime(Frame frame) {
        Series series = series(frame);
        int to = to(series, frame);
        return to > from(series, frame) ? series.time(to - 1) : Long.MIN_VALUE;
    }

    @Override
    public long latestStableUntil(Frame frame) {
        return stableUntil(frame, isSuffix() ? 1 : Integer.MAX_VALUE);
    }

    /**
     * Returns when the visible elements change next without an event, if only {@code bound} elements at the end matter.
     */
    long stableUntil(Frame frame, int bound) {
        long until = anchorsStableUntil(frame);
        try {
            return Math.min(until, ownStableUntil(frame, bound));
        } catch (EvaluationException noAnchor) {
            return until; // If an anchor has no value, the view has none either.
        }
    }

    /** Returns the first instant at which time alone may change an anchor. */
    long anchorsStableUntil(Frame frame) {
        long until = CustomerState.NEVER;
        for (int index = 0; index < anchors.size(); index++) {
            until = Math.min(until, anchors.get(index).latestStableUntil(frame));
        }
        return until;
    }

    private long ownStableUntil(Frame frame, int bound) {
        Series series = series(frame);
        int from = from(series, frame);
        int to = to(series, frame);
        long until = CustomerState.NEVER;
        if (age > 0 && to < series.size()) {
            until = Math.min(until, series.time(to) + age);
        }
        if (window != Retention.FOREVER && from < to) {
            int first = isSuffix() ? Math.max(from, to - bound) : from;
            until = Math.min(until, series.time(first) + window);
        }
        return until;
    }
}
