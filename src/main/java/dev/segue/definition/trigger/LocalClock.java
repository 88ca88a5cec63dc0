// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.function.Predicate;

/** A clock on a wall of a time zone, which is set forward and back twice a year. */
final class LocalClock {
    private final ZoneId zone;

    LocalClock(ZoneId zone) {
        this.zone = zone;
    }

    /** Returns what the clock shows at an instant, in milliseconds since the epoch. */
    LocalTime at(long instant) {
        return Instant.ofEpochMilli(instant).atZone(zone).toLocalTime();
    }

    /**
     * Returns the first instant, not before another one, at which the clock shows a wanted time. What is wanted must not
     * change between two times of {@code border} and two settings of the clock.
     *
     * @param from in milliseconds since the epoch
     * @param border the time of day at which what is wanted begins
     * @param latest the search ends after this instant, and returns one that is later
     */
    long first(long from, LocalTime border, Predicate<LocalTime> wanted, long latest) {
        long instant = from;
        while (instant <= latest && !wanted.test(at(instant))) {
            instant = next(instant, border);
        }
        return instant;
    }

    /** Returns when the clock next shows a time, or is set, whichever is first. */
    private long next(long instant, LocalTime time) {
        ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochMilli(instant));
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(instant), offset);
        LocalDateTime today = local.toLocalDate().atTime(time);
        LocalDateTime then = today.isAfter(local) ? today : today.plusDays(1);
        ZoneOffsetTransition set = zone.getRules().nextTransition(Instant.ofEpochMilli(instant));
        long shown = then.toInstant(offset).toEpochMilli();
        return set == null ? shown : Math.min(shown, set.getInstant().toEpochMilli());
    }
}
