// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.List;
import java.util.Optional;

/**
 * A segment that has grown or shrunk by half within a day, by what customers did or by time. What an edit of definitions
 * moved does not count.
 *
 * @param before members a day before
 * @param entered customers who entered within the day
 * @param exited customers who left within the day
 * @param end the end of the day, in milliseconds since the epoch
 */
public record SegmentShift(String segment, long before, long entered, long exited, long end) {
    /** The hours of a day. */
    public static final int HOURS = 24;

    /** Smaller segments change by half for no reason. */
    public static final int LEAST_MEMBERS = 100;

    private static final double HALF = 0.5;

    /**
     * Returns the shift, if there is one.
     *
     * @param before the counts of the hour before the day
     * @param day the counts of the day's hours
     */
    public static Optional<SegmentShift> of(String segment, WindowCounts before, List<WindowCounts> day, long end) {
        long members = before.get(Measure.HOUR_MEMBERS);
        long entered = sum(day, Measure.ENTERED);
        long exited = sum(day, Measure.EXITED);
        boolean isShift = members >= LEAST_MEMBERS && Math.abs(entered - exited) >= HALF * members;
        return isShift ? Optional.of(new SegmentShift(segment, members, entered, exited, end)) : Optional.empty();
    }

    private static long sum(List<WindowCounts> day, Measure measure) {
        return day.stream().mapToLong(hour -> hour.get(measure)).sum();
    }

    public boolean isGrowth() {
        return entered > exited;
    }
}
