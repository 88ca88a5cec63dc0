// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.math.BigDecimal;
import java.math.MathContext;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The lengths of completed stays in a segment, with a relative error of less than a thousandth. Unlike a sample, the
 * histogram does not depend on the order of the stays, so equal events yield equal reports.
 */
final class Stays {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final double MEDIAN = 50;
    private static final double NINETY = 90;

    private @Nullable Histogram lengths;

    void add(long millis) {
        lengths().recordValue(Math.max(0, millis));
    }

    void add(Stays others) {
        if (others.lengths != null) {
            lengths().add(others.lengths);
        }
    }

    private Histogram lengths() {
        Histogram known = lengths;
        if (known == null) {
            known = new PackedHistogram(FOUR_DIGITS.getPrecision());
            lengths = known;
        }
        return known;
    }

    /** @param open stays that have not ended */
    StayLengths lengths(long open) {
        Histogram known = lengths;
        return known == null || known.getTotalCount() == 0
                ? new StayLengths(0, open, null, null)
                : new StayLengths(known.getTotalCount(), open, at(known, MEDIAN), at(known, NINETY));
    }

    private static long at(Histogram lengths, double percentile) {
        long near = lengths.medianEquivalentValue(lengths.getValueAtPercentile(percentile));
        return new BigDecimal(near).round(FOUR_DIGITS).longValueExact();
    }
}
