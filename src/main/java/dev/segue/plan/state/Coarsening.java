// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * Decides which elements of a series that has grown too long are merged: those of its older half whose times fall into
 * the same 64th of the window. The width is doubled until that is enough. Without a window, the time from the first to
 * the last element is used instead.
 */
final class Coarsening {
    private static final int BUCKETS = 64;
    /** So many elements are left at most, so that not every further element merges others. */
    private static final int LEFT = Retention.CAP * 3 / 4;

    private Coarsening() {}

    /** Returns the index after the last element that may be merged. */
    static int end(int size) {
        // Two united series may be so long that more than half must go.
        return Math.max(size / 2, size - Retention.CAP / 2 - 1);
    }

    /** Returns the new index of each element; those that are merged have the same one. */
    static int[] targets(long[] times, int size, Retention retention) {
        int end = end(size);
        // The oldest that are needed stay as they are, as far as the others alone can make room.
        int start = Math.max(0, Math.min(retention.oldest(), end - 1 - (size - LEFT)));
        long width = Math.max(1, window(times, size, retention) / BUCKETS);
        int[] targets = targets(times, size, start, end, width);
        while (targets[size - 1] >= LEFT) {
            width = width > Long.MAX_VALUE / 4 ? width : width * 2;
            targets = targets(times, size, start, end, width);
        }
        return targets;
    }

    private static long window(long[] times, int size, Retention retention) {
        return retention.allWithin() == Retention.FOREVER || retention.allWithin() == 0
                ? times[size - 1] - times[0]
                : retention.allWithin();
    }

    private static int[] targets(long[] times, int size, int start, int end, long width) {
        int[] targets = new int[size];
        for (int index = 1; index < size; index++) {
            boolean same = index > start
                    && index < end
                    && Math.floorDiv(times[index - 1], width) == Math.floorDiv(times[index], width);
            targets[index] = targets[index - 1] + (same ? 0 : 1);
        }
        return targets;
    }
}
