// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Divides time into hours, which are the same everywhere, and days of a time zone. An hour belongs to the day in which it
 * begins, so that a day consists of whole hours.
 */
public record Windows(ZoneId zone) {
    public static final long HOUR = 3_600_000;

    /** Returns when the hour of an instant begins; both in milliseconds since the epoch. */
    public static long hour(long millis) {
        return Math.floorDiv(millis, HOUR) * HOUR;
    }

    /** Returns when the day of an instant begins; both in milliseconds since the epoch. */
    public long day(long millis) {
        return Instant.ofEpochMilli(millis)
                .atZone(zone)
                .toLocalDate()
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** Returns when the window of an hour begins. */
    public long start(WindowSize size, long hour) {
        return size == WindowSize.HOUR ? hour : day(hour);
    }
}
