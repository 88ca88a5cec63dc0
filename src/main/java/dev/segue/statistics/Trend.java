// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.List;
import java.util.OptionalDouble;

/** Compares a day with the four weeks before. */
public final class Trend {
    /** Below so many on the last day, there is no trend. */
    public static final int FLOOR = 10;

    /** What has never happened before counts as if it happened once a day. */
    private static final double LEAST_USUAL = 1;

    private static final int DAYS = 28;

    private Trend() {}

    /**
     * Returns how many times as much as usual the last day has: its count over the mean of up to 28 days before, of which
     * only the elapsed share counts.
     *
     * @param counts by day, ascending; the last is the day
     * @param elapsed the share of the last day that is over, above 0, at most 1
     * @return empty below the floor, or if there are no days before
     */
    public static OptionalDouble of(List<Long> counts, double elapsed) {
        int last = counts.size() - 1;
        if (last < 1 || counts.get(last) < FLOOR) {
            return OptionalDouble.empty();
        }
        List<Long> before = counts.subList(Math.max(0, last - DAYS), last);
        double mean = before.stream().mapToLong(Long::longValue).average().orElse(0);
        return OptionalDouble.of(counts.get(last) / Math.max(mean * elapsed, LEAST_USUAL));
    }

    /**
     * Returns the share of a window that is over, at least an hour's share of a day.
     *
     * @param start when it begins, in milliseconds since the epoch
     * @param end when it ends
     */
    public static double elapsed(long start, long end, long now) {
        double share = (double) (now - start) / (end - start);
        return Math.min(1, Math.max(1.0 / 24, share));
    }
}
