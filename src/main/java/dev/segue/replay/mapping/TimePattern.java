// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles patterns of {@link DateTimeFormatter}, and detects common mistakes before any row is read. */
final class TimePattern {
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2026, 11, 28, 21, 34, 56, 123_456_789, ZoneOffset.UTC);

    /** A minute that is not next to an hour, a second or AM and PM. */
    private static final Pattern MINUTE_FOR_MONTH =
            Pattern.compile("(?<![HhKkmsa])(?<![HhKksa][^A-Za-z]{1,3})m+(?![^A-Za-z]{0,3}[HhKksma])");

    /** A month that immediately follows an hour or precedes a second. */
    private static final Pattern MONTH_FOR_MINUTE = Pattern.compile("[HhKk][^A-Za-z ]?M|M[^A-Za-z ]?s");

    private static final Pattern TIME_OF_DAY = Pattern.compile("[aBHhKkmsSAnN]");
    private static final Pattern HOUR = Pattern.compile("[HhKkAN]");
    private static final Pattern ABBREVIATION = Pattern.compile("[zv]+");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern ZONE_IN_QUOTES = Pattern.compile("'[^A-Za-z]*(Z|UTC|GMT)[^A-Za-z]*'");

    private TimePattern() {}

    /** @throws IllegalArgumentException if the pattern is invalid; the message shows what to write */
    static DateTimeFormatter formatter(String pattern) {
        if (List.of("epoch", "unix", "timestamp").contains(pattern.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + pattern
                    + "' does not name the unit; write seconds, millis, micros or nanos," + " since 1970");
        }
        DateTimeFormatter formatter = compiled(pattern);
        String letters = withoutQuoted(pattern);
        requireDate(pattern, letters);
        requireZone(pattern, letters);
        requireHour(pattern, letters);
        TemporalAccessor read = readBack(formatter);
        if (read == null || !SAMPLE.toLocalDate().equals(read.query(TemporalQueries.localDate()))) {
            throw slip(pattern, "a date written this way cannot be read back; see docs/mappings.md for patterns");
        }
        requireTimeOfDay(pattern, letters, read.query(TemporalQueries.localTime()));
        return formatter;
    }

    private static void requireDate(String pattern, String letters) {
        if (letters.contains("Y")) {
            throw slip(pattern, "Y is the year that a week belongs to; write yyyy for the year");
        }
        if (letters.contains("D") && !letters.contains("DDD")) {
            throw slip(pattern, "D is the day of the year; write dd for the day of the month");
        }
        if (MINUTE_FOR_MONTH.matcher(letters).find()
                || MONTH_FOR_MINUTE.matcher(letters).find()) {
            throw slip(pattern, "mm is the minute, MM the month");
        }
        if (!letters.contains("M") && !letters.contains("L") && letters.contains("d")) {
            throw slip(pattern, "it has no month; mm is the minute, MM the month");
        }
    }

    private static void requireZone(String pattern, String letters) {
        Matcher abbreviation = ABBREVIATION.matcher(letters);
        if (abbreviation.find()) {
            throw slip(
                    pattern,
                    abbreviation.group() + " is a zone's abbreviation, and several zones share one, such as IST and"
                            + " CST; write VV for a zone such as Europe/Berlin, X for an offset such as Z or +01, xx"
                            + " for +0100; or remove the abbreviation with .replace('IST', '') and set zone");
        }
        for (Matcher quoted = QUOTED.matcher(pattern); quoted.find(); ) {
            Matcher literal = ZONE_IN_QUOTES.matcher(quoted.group());
            if (literal.matches()) {
                throw slip(
                        pattern,
                        quoted.group() + " in quotes is only text, not a zone; write "
                                + (literal.group(1).equals("Z") ? "X without quotes" : "VV, or X for an offset alone"));
            }
        }
    }

    private static void requireHour(String pattern, String letters) {
        boolean halves = letters.contains("a") || letters.contains("B");
        if (letters.contains("h") && !halves) {
            throw slip(pattern, "h is an hour from 1 to 12 and needs a for AM or PM; write HH for 00 to 23");
        }
        if (letters.contains("K") && !halves) {
            throw slip(pattern, "K is an hour from 0 to 11 and needs a for AM or PM; write HH for 00 to 23");
        }
    }

    /**
     * A time of day that cannot be resolved would silently become midnight.
     *
     * @param read of the sample; null if there is none
     */
    private static void requireTimeOfDay(String pattern, String letters, @Nullable LocalTime read) {
        if (!TIME_OF_DAY.matcher(letters).find()) {
            return;
        }
        LocalTime sample = SAMPLE.toLocalTime();
        if (read != null && read.truncatedTo(unit(letters)).equals(sample.truncatedTo(unit(letters)))) {
            return;
        }
        if (letters.contains("S") && !letters.contains("s")) {
            throw slip(pattern, "S is a fraction of a second; write ss for the second");
        }
        if (letters.contains("s") && !letters.contains("m")) {
            throw slip(pattern, "it has a second, s, but no minute; write mm for the minute");
        }
        if (!HOUR.matcher(letters).find()) {
            throw slip(pattern, "it has a part of a time of day, but no hour; write HH for the hour");
        }
        throw slip(pattern, "its time of day cannot be read back; write HH:mm:ss for hour, minute and second");
    }

    /** The smallest unit of the clock that the pattern shows; fractions are digits alone. */
    private static ChronoUnit unit(String letters) {
        if (letters.contains("s") || letters.contains("A") || letters.contains("N")) {
            return ChronoUnit.SECONDS;
        }
        return letters.contains("m") ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
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

    private static @Nullable TemporalAccessor readBack(DateTimeFormatter formatter) {
        try {
            return formatter.withResolverStyle(ResolverStyle.STRICT).parse(formatter.format(SAMPLE));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static String withoutQuoted(String pattern) {
        return QUOTED.matcher(pattern).replaceAll("");
    }
}
