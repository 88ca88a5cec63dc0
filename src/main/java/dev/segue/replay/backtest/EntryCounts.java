// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import org.jspecify.annotations.Nullable;

/** How often one customer has entered each reported segment, counted up to {@value #MANY}. */
final class EntryCounts {
    /** Counted no further. */
    static final int MANY = 5;

    private byte @Nullable [] entries;

    /**
     * Counts an entry and returns how many there are now, at most one more than {@value #MANY}.
     *
     * @param segment the segment's position
     * @param segments the number of segments
     */
    int add(int segment, int segments) {
        byte[] known = entries;
        if (known == null) {
            known = new byte[segments];
            entries = known;
        }
        if (known[segment] <= MANY) {
            known[segment]++;
        }
        return known[segment];
    }
}
