// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Retention;
import dev.segue.plan.state.Series;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The part of a series that a reading sees at an instant: a range, because every narrowing cuts off an end.
 *
 * @param home where the series is found
 * @param window only elements after now minus this, in milliseconds; {@link Retention#FOREVER} for all
 * @param age only elements at or before now minus this, in milliseconds; 0 for all
 * @param last only so many of the latest; {@link Integer#MAX_VALUE} for all
 * @param lastOfOld whether {@code last} counts from the age on rather than from now
 * @param anchors only elements strictly later than the latest that each of these sees
 */
record SeriesView(Source home, long window, long age, int last, boolean lastOfOld, List<Anchor> anchors)
        implements Anchor {
    private static final Series NOTHING = new Series(new long[0], new Object[0], 0, false);

    Series series(Frame frame) {
        return home.find(frame) instanceof Series series ? series : NOTHING;
    }

    /** Whether only the front can be cut off, so that the latest elements are always seen. */
    boolean isSuffix() {
        return age == 0;
    }

    /** Whether time alone can change which elements are seen. */
    @Override
    public boolean isTimed() {
        return window != Retention.FOREVER || age > 0 || hasTimedAnchor();
    }

    /** Whether time alone can change how far back elements are seen. */
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
        home.forEachAggregate(action);
        anchors.forEach(anchor -> anchor.forEachAggregate(action));
    }

    /** Index of the first element seen. */
    int from(Series series, Frame frame) {
        long after = windowStart(frame);
        // By index, here and in the aggregates: an iterator for each look is what an event costs most of.
        for (int index = 0; index < anchors.size(); index++) {
            after = Math.max(after, anchors.get(index).latestTime(frame));
        }
        int from = after == Long.MIN_VALUE ? 0 : series.firstAfter(after);
        int end = lastOfOld ? to(series, frame) : series.size();
        return last == Integer.MAX_VALUE ? from : Math.max(from, end - last);
    }

    /** Index after the last element seen. */
    int to(Series series, Frame frame) {
        return age == 0 ? series.size() : series.firstAfter(frame.now() - age);
    }

    private long windowStart(Frame frame) {
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

    /** When what is seen changes next, if no event comes and only {@code bound} elements at the end matter. */
    long stableUntil(Frame frame, int bound) {
        long until = CustomerState.NEVER;
        for (int index = 0; index < anchors.size(); index++) {
            until = Math.min(until, anchors.get(index).latestStableUntil(frame));
        }
        try {
            return Math.min(until, ownStableUntil(frame, bound));
        } catch (EvaluationException noAnchor) {
            return until; // What it compares with has no value, and so neither has what is seen.
        }
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
