// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as definitions, settings, mappings and options of commands write them: a whole number and one unit, such as
 * {@code 250ms}, {@code 30s}, {@code 15m}, {@code 1h}, {@code 7d} or {@code 2w}. A day is 24 hours, a week 7 days.
 */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([0-9]+)(ms|s|m|h|d|w)");
    private static final int MOST_DIGITS = 13;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS,
            "w", ChronoUnit.WEEKS);

    private DurationText() {}

    /**
     * Parses a duration from 0 to 36500 days, a hundred years; empty if the text is not one, and then {@link
     * #complaint(String)} explains why.
     */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && form.group(1).length() <= MOST_DIGITS
                ? Optional.of(Objects.requireNonNull(UNITS.get(form.group(2)))
                                .getDuration()
                                .multipliedBy(Long.parseLong(form.group(1))))
                        .filter(duration -> duration.compareTo(LONGEST) <= 0)
                : Optional.empty();
    }

    /** @throws IllegalArgumentException if the text is not a duration; the message explains how to write one */
    public static Duration read(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(complaint(text)));
    }

    /** Explains how to write a duration, and suggests one if the text shows what is meant. */
    public static String complaint(String text) {
        return complaint(text, LONGEST);
    }

    /** As {@link #complaint(String)}, where a duration is at most {@code longest}. */
    public static String complaint(String text, Duration longest) {
        if (FORM.matcher(text).matches()) {
            return "'" + text + "' is too long." + limit(longest);
        }
        return "'" + text
                + "' is not a duration. Write a whole number and one unit of ms, s, m, h, d, w, such as '30m'."
                + MeantDuration.hint(text, longest);
    }

    /** Returns a sentence that begins with a space. */
    static String limit(Duration longest) {
        return " The longest is " + write(longest) + ".";
    }

    /** Returns the spelling in the largest unit up to days that divides it; fractions of a millisecond are dropped. */
    public static String write(Duration duration) {
        if (duration.toMillisPart() != 0 || duration.toSeconds() == 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
