// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.oracle.OracleTrigger.Limit;
import dev.segue.oracle.OracleTrigger.Quiet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.WeekFields;
import java.util.List;

/** The clock of a customer, which is read every minute. Instants are in milliseconds since the epoch. */
record WallClock(ZoneId zone) {
    private static final long MINUTE = 60_000;
    private static final long QUARTER = 15 * MINUTE;
    private static final long DAY = 86_400_000;

    private ZonedDateTime at(long instant) {
        return Instant.ofEpochMilli(instant).atZone(zone);
    }

    /** All clocks are set at full quarters of an hour. */
    long bestHour(long first, int hour, long within) {
        for (long instant = first; instant <= first + within; instant = next(instant, QUARTER)) {
            if (at(instant).getHour() == hour) {
                return instant;
            }
        }
        return first;
    }

    boolean isQuiet(long instant, Quiet quiet) {
        return quiet.contains(at(instant).toLocalTime());
    }

    /** The first instant from a given one on, or the first full minute after it, that is quiet, or that is not. */
    long first(long from, Quiet quiet, boolean isQuiet) {
        long instant = from;
        while (isQuiet(instant, quiet) != isQuiet && instant < from + 3 * DAY) {
            instant = next(instant, MINUTE);
        }
        return instant;
    }

    private static long next(long instant, long unit) {
        return (Math.floorDiv(instant, unit) + 1) * unit;
    }

    /** When a limit allows another one; now if it does already. */
    long freeAt(Limit limit, List<Long> sent, long now) {
        if (!isReached(limit, sent, now)) {
            return now;
        }
        if (!List.of("day", "week", "month").contains(limit.per())) {
            long per = Instants.millis(limit.per());
            return sent.stream()
                    .map(at -> at + per)
                    .filter(at -> at > now && !isReached(limit, sent, at))
                    .min(Long::compare)
                    .orElseThrow();
        }
        LocalDate day = at(now).toLocalDate();
        while (true) {
            day = day.plusDays(1);
            long begin = day.atStartOfDay(zone).toInstant().toEpochMilli();
            if (!isReached(limit, sent, begin)) {
                return begin;
            }
        }
    }

    private boolean isReached(Limit limit, List<Long> sent, long now) {
        return sent.stream().filter(at -> counts(limit.per(), at, now)).count() >= limit.atMost();
    }

    private boolean counts(String per, long sent, long now) {
        LocalDate then = at(sent).toLocalDate();
        LocalDate today = at(now).toLocalDate();
        return sent <= now
                && switch (per) {
                    case "day" -> then.equals(today);
                    case "week" -> ChronoUnit.DAYS.between(then, today) < today.get(WeekFields.ISO.dayOfWeek());
                    case "month" -> YearMonth.from(then).equals(YearMonth.from(today));
                    default -> sent > now - Instants.millis(per);
                };
    }
}
