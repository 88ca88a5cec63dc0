// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.util.List;

/**
 * One segment under one set of definitions. All counts but {@code members} and {@code values} are of the window.
 *
 * @param members at the end
 * @param membersAtStart before the window
 * @param entered how often a customer entered
 * @param exited how often a customer left
 * @param updated how often a member's value or carry was updated
 * @param days the days on which a customer entered or left, in order; on all other days the members stay as they were
 * @param values of a trait at the end, the most frequent first; empty for segments
 * @param otherValues members with values beyond the first thousand
 */
public record SideReport(
        long members,
        long membersAtStart,
        long entered,
        long exited,
        long updated,
        Flips flips,
        StayLengths stays,
        List<DayReport> days,
        List<ValueCount> values,
        long otherValues) {

    /**
     * How often customers enter.
     *
     * @param once customers who entered at least once
     * @param twice customers who entered at least twice
     * @param fiveTimes customers who entered at least five times
     */
    public record Flips(long once, long twice, long fiveTimes) {}

    /** The report on a segment that the set does not define. */
    static final SideReport NONE = new SideTally().report();
}
