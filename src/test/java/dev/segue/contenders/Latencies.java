// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.util.HashSet;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Latencies of the changes in the measured span. For one thread at a time. */
final class Latencies {
    private static final int DIGITS = 3;
    private static final double MICROS = 1000;
    private static final double MILLIS = 1000;
    private static final long SLOW_MICROS = 1_000_000;

    private final Timeline timeline;
    private final Set<ChangeText> due;
    private final int allDue;
    private final Histogram events = new Histogram(DIGITS);
    private final Histogram deadlines = new Histogram(DIGITS);
    /** Time of the latest event of the load whose change took longer than a second. */
    private long slow = Long.MIN_VALUE;

    Latencies(Timeline timeline, Set<ChangeText> due) {
        this.timeline = timeline;
        this.due = new HashSet<>(due);
        this.allDue = due.size();
    }

    void add(Arrival arrival) {
        ChangeText change = arrival.change();
        if (change.event()) {
            long sent = PacedEvents.time(arrival);
            if (arrival.micros() - sent * 1000 > SLOW_MICROS) {
                slow = Math.max(slow, sent);
            }
            if (timeline.isMeasured(sent)) {
                record(events, arrival.micros(), sent);
            }
        } else if (due.remove(change)) {
            record(deadlines, arrival.micros(), change.effectiveAt());
        }
    }

    /** Two processes on one machine share a clock, except for its resolution. */
    private static void record(Histogram histogram, long arrivedMicros, long fromMillis) {
        histogram.recordValue(Math.max(0, arrivedMicros - fromMillis * 1000));
    }

    /** @param sentLate in milliseconds */
    PacedMeasurement measurement(Histogram sentLate) {
        return new PacedMeasurement(
                events.getTotalCount(),
                millis(events, 50),
                millis(events, 99),
                millis(events, 99.9),
                deadlines.getTotalCount(),
                allDue,
                millis(deadlines, 50),
                millis(deadlines, 99),
                sentLate.getValueAtPercentile(99),
                sentLate.getMaxValue(),
                Math.max(0, slow - timeline.start()) / MILLIS);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / MICROS;
    }
}
