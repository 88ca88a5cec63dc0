// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/** Compiles patterns of {@link DateTimeFormatter}, and detects common mistakes before any row is read. */
final class TimePattern {
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2026, 11, 28, 21, 34, 56, 0, ZoneOffset.UTC);

    private TimePattern() {}

    /** @throws IllegalArgumentException if the pattern is invalid; the message shows what to write */
    static DateTimeFormatter formatter(String pattern) {
        if (List.of("epoch", "unix", "timestamp").contains(pattern.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + pattern
                    + "' does not name the unit; write seconds, millis, micros or nanos," + " since 1970");
        }
        DateTimeFormatter formatter = compiled(pattern);
        String letters = withoutQuoted(pattern);
        if (letters.contains("Y")) {
            throw slip(pattern, "Y is the year that a week belongs to; write yyyy for the year");
        }
        if (letters.contains("D") && !letters.contains("DDD")) {
            throw slip(pattern, "D is the day of the year; write dd for the day of the month");
        }
        if (letters.contains("h") && !letters.contains("a")) {
            throw slip(pattern, "h is an hour from 1 to 12 and needs a for AM or PM; write HH for 00 to 23");
        }
        if (!letters.contains("M") && !letters.contains("L") && letters.contains("d")) {
            throw slip(pattern, "it has no month; MM is the month, mm the minute");
        }
        if (!readsBack(formatter)) {
            throw slip(pattern, "a date written this way cannot be read back; see docs/mappings.md for patterns");
        }
        return formatter;
    }

    private static IllegalArgumentException slip(String pattern, String what) {
        return new IllegalArgumentException("'" + pattern + "': " + what);
    }

    private static DateTimeFormatter compiled(String pattern) {
        try {
            // With the era set, strict reading accepts the usual yyyy, which is a year of an era.
            return new DateTimeFormatterBuilder()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is neither seconds, millis, micros, nanos, iso nor a pattern like"
                            + " 'yyyy-MM-dd HH:mm:ss'",
                    malformed);
        }
    }

    private static boolean readsBack(DateTimeFormatter formatter) {
        try {
            DateTimeFormatter strict = formatter.withResolverStyle(ResolverStyle.STRICT);
            TemporalAccessor read = strict.parse(formatter.format(SAMPLE));
            LocalDate date = read.query(TemporalQueries.localDate());
            return SAMPLE.toLocalDate().equals(date);
        } catch (DateTimeException unreadable) {
            return false;
        }
    }

    private static String withoutQuoted(String pattern) {
        return pattern.replaceAll("'[^']*'", "");
    }
}
