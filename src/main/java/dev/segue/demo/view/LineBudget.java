// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits the printed lines, so that a flood stays readable: a number of lines per second, only a few for each segment,
 * and still fewer for all groups and traits together, because every visit changes several of those.
 */
final class LineBudget {
    static final int LINES_A_SECOND = 6;
    static final int LINES_OF_A_SEGMENT = 2;
    static final int LINES_OF_GROUPS_AND_TRAITS = 1;
    private static final long SECOND = 1000;

    private final Map<String, Integer> printed = new HashMap<>();
    private long second = Long.MIN_VALUE;
    private int lines;
    private int beside;
    private long leftOut;

    /**
     * @param plain true if the segment is neither a group's choice nor a trait
     * @param wallMillis milliseconds of the wall clock
     */
    boolean allows(String segment, boolean plain, long wallMillis) {
        long now = Math.floorDiv(wallMillis, SECOND);
        if (now != second) {
            second = now;
            lines = 0;
            beside = 0;
            printed.clear();
        }
        boolean tooMany = plain
                ? printed.merge(segment, 1, Integer::sum) > LINES_OF_A_SEGMENT
                : beside >= LINES_OF_GROUPS_AND_TRAITS;
        if (lines >= LINES_A_SECOND || tooMany) {
            leftOut++;
            return false;
        }
        lines++;
        beside += plain ? 0 : 1;
        return true;
    }

    /** Returns how many lines were omitted since the last call. */
    long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
