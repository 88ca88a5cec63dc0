// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;

/** The daily curve of traffic: low at night, highest in the evening. */
final class DayRhythm {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final long DAY_MILLIS = 86_400_000;
    /** Visits in each hour of the day, relative to the busiest hour. */
    private static final double[] HOURS = {
        0.15, 0.08, 0.05, 0.05, 0.05, 0.08, 0.20, 0.35, 0.50, 0.60, 0.65, 0.70,
        0.75, 0.70, 0.65, 0.65, 0.70, 0.75, 0.80, 0.95, 1.00, 0.85, 0.55, 0.30
    };

    private final double meanGapMillis;

    DayRhythm(int visitsPerDay) {
        double share = 0;
        for (double hour : HOURS) {
            share += hour / HOURS.length;
        }
        this.meanGapMillis = DAY_MILLIS * share / visitsPerDay;
    }

    /** Returns the time of the next visit after {@code time}: a Poisson process, thinned by the hour. Milliseconds. */
    long nextVisit(long time, SplittableRandom random) {
        long next = time;
        do {
            next += 1 + Math.round(-Math.log1p(-random.nextDouble()) * meanGapMillis);
        } while (random.nextDouble() >= HOURS[hour(next)]);
        return next;
    }

    /** Returns a plausible shopping time on the same day. Milliseconds. */
    static long onDayOf(long time, SplittableRandom random) {
        long midnight = time - Math.floorMod(time, DAY_MILLIS);
        long chosen;
        do {
            chosen = midnight + random.nextLong(DAY_MILLIS);
        } while (random.nextDouble() >= HOURS[hour(chosen)]);
        return chosen;
    }

    private static int hour(long time) {
        return Instant.ofEpochMilli(time).atZone(ZONE).getHour();
    }
}
