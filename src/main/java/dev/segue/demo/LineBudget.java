package dev.segue.demo;

import java.util.HashMap;
import java.util.Map;

/** Decides which lines are printed, so that a flood stays readable: some a second, and of each segment only a few. */
final class LineBudget {
    static final int LINES_A_SECOND = 6;
    static final int LINES_OF_A_SEGMENT = 2;
    private static final long SECOND = 1000;

    private final Map<String, Integer> printed = new HashMap<>();
    private long second = Long.MIN_VALUE;
    private int lines;
    private long leftOut;

    /** @param wallMillis milliseconds of the wall clock */
    boolean allows(String segment, long wallMillis) {
        long now = Math.floorDiv(wallMillis, SECOND);
        if (now != second) {
            second = now;
            lines = 0;
            printed.clear();
        }
        if (lines >= LINES_A_SECOND || printed.merge(segment, 1, Integer::sum) > LINES_OF_A_SEGMENT) {
            leftOut++;
            return false;
        }
        lines++;
        return true;
    }

    /** How many lines were left out since this was asked last. */
    long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
