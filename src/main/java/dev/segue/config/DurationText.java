// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and formats durations in settings: a whole number and one unit, such as {@code 250ms}, {@code 5m} or {@code
 * 7d}.
 */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private DurationText() {}

    /** @throws IllegalArgumentException if the text is not a duration; the message shows the format */
    public static Duration read(String text) {
        Matcher matcher = FORM.matcher(text);
        Check.that(matcher.matches(), "'%s' is not a duration such as 250ms, 5s, 5m, 6h or 7d%s", text, calendar(text));
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Months and years have no fixed length; definitions reject them with an equal hint. */
    private static String calendar(String text) {
        if (text.matches("[0-9]+\\s*(?i:mo|months?)|[0-9]+\\s*M")) {
            return "; a month is about 30d";
        }
        return text.matches("[0-9]+\\s*(?i:y|yrs?|years?)") ? "; a year is about 365d" : "";
    }

    /** The shortest spelling; fractions of a millisecond are dropped. */
    public static String write(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
