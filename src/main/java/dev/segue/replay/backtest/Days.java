// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Finds the calendar day of an instant in a time zone. Remembers the last day, so it serves one thread. */
final class Days {
    private final ZoneId zone;
    private long begin = 0;
    private long end = 0;
    private long day;

    Days(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Returns the day as the number of days since 1970-01-01.
     *
     * @param instant milliseconds since the epoch
     */
    long of(long instant) {
        if (instant < begin || instant >= end) {
            LocalDate date = Instant.ofEpochMilli(instant).atZone(zone).toLocalDate();
            day = date.toEpochDay();
            begin = date.atStartOfDay(zone).toInstant().toEpochMilli();
            end = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return day;
    }
}
