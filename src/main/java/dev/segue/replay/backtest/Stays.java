// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The lengths of completed stays in a segment, with a relative error of less than a thousandth. Unlike a sample, they do
 * not depend on the order of the stays, so equal events yield equal reports.
 */
final class Stays {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final double MEDIAN = 50;
    private static final double NINETY = 90;
    private static final int FEWEST_SLOTS = 16;
    private static final long NO_LENGTH = -1;
    /** 2⁶⁴ divided by the golden ratio: spreads similar lengths over the table. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /** Knows which lengths are equal to four digits; never records. */
    private static final Histogram DIGITS = new Histogram(FOUR_DIGITS.getPrecision());

    // A table of counts by length, with open addressing: a histogram of the library is either large from the begin, or
    // slow while it grows. There are at most 16,384 lengths for every doubling of the length.
    private long[] lengths = {};
    private long[] counts = {};
    private int size;

    void add(long millis) {
        add(DIGITS.lowestEquivalentValue(Math.max(0, millis)), 1);
    }

    void add(Stays others) {
        for (int slot = 0; slot < others.lengths.length; slot++) {
            if (others.lengths[slot] != NO_LENGTH) {
                add(others.lengths[slot], others.counts[slot]);
            }
        }
    }

    private void add(long length, long more) {
        if (2 * size >= lengths.length) {
            grow();
        }
        int slot = slot(length);
        if (lengths[slot] == NO_LENGTH) {
            lengths[slot] = length;
            size++;
        }
        counts[slot] += more;
    }

    /** Returns where the length is, or would be. */
    private int slot(long length) {
        int last = lengths.length - 1;
        int slot = (int) ((length * SPREAD) >>> Integer.SIZE) & last;
        while (lengths[slot] != NO_LENGTH && lengths[slot] != length) {
            slot = (slot + 1) & last;
        }
        return slot;
    }

    private void grow() {
        long[] before = lengths;
        long[] countsBefore = counts;
        lengths = new long[Math.max(FEWEST_SLOTS, 2 * before.length)];
        Arrays.fill(lengths, NO_LENGTH);
        counts = new long[lengths.length];
        for (int index = 0; index < before.length; index++) {
            if (before[index] != NO_LENGTH) {
                int slot = slot(before[index]);
                lengths[slot] = before[index];
                counts[slot] = countsBefore[index];
            }
        }
    }

    /** @param open stays that have not ended */
    StayLengths lengths(long open) {
        if (size == 0) {
            return new StayLengths(0, open, null, null);
        }
        Histogram all = new Histogram(FOUR_DIGITS.getPrecision());
        for (int slot = 0; slot < lengths.length; slot++) {
            if (lengths[slot] != NO_LENGTH) {
                all.recordValueWithCount(lengths[slot], counts[slot]);
            }
        }
        return new StayLengths(all.getTotalCount(), open, at(all, MEDIAN), at(all, NINETY));
    }

    private static long at(Histogram lengths, double percentile) {
        long near = lengths.medianEquivalentValue(lengths.getValueAtPercentile(percentile));
        return new BigDecimal(near).round(FOUR_DIGITS).longValueExact();
    }
}
