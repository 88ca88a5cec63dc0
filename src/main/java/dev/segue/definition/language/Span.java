// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as the language writes it: a whole number and one unit.
 *
 * @param text as written, such as {@code 7d}
 * @param millis milliseconds, above 0 and at most five years; a day is 24 hours
 */
public record Span(String text, long millis) {
    /** The longest duration, in days: five years. */
    public static final int MAX_DAYS = 1830;

    private static final Pattern FORM = Pattern.compile("([0-9]+)([smhdw])");
    private static final long DAY = 86_400_000L;

    /**
     * Parses {@code 30s 15m 1h 7d 2w}; empty if the text is not a duration, and then {@link #complaint} explains why.
     */
    public static Optional<Span> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || form.group(1).length() > 12) {
            return Optional.empty();
        }
        long unit = switch (form.group(2).charAt(0)) {
            case 's' -> 1000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            case 'd' -> DAY;
            default -> 7 * DAY;
        };
        long number = Long.parseLong(form.group(1));
        return number < 1 || number > MAX_DAYS * DAY / unit
                ? Optional.empty()
                : Optional.of(new Span(text, number * unit));
    }

    /** Explains what is wrong with a text that is not a duration, and how to write it. */
    public static String complaint(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            return form.group(1).chars().allMatch(digit -> digit == '0') ? noTime(text) : tooLong(text);
        }
        return text.strip().matches("0+")
                ? noTime(text)
                : "'" + text + "' is not a duration. Write a whole number and one unit of s, m, h, d, w, such as '30m'."
                        + MeantDuration.hint(text);
    }

    /** Returns a span of {@code millis} in the largest unit that divides it; empty if it is out of range. */
    static Optional<Span> of(long millis) {
        for (long[] unit : new long[][] {{DAY, 'd'}, {3_600_000, 'h'}, {60_000, 'm'}, {1000, 's'}}) {
            if (millis % unit[0] == 0) {
                return parse(millis / unit[0] + String.valueOf((char) unit[1]));
            }
        }
        return Optional.empty();
    }

    private static String noTime(String text) {
        return "'" + text + "' is an empty duration. Write a number above 0.";
    }

    private static String tooLong(String text) {
        return "'" + text + "' is too long. At most " + MAX_DAYS + "d (five years) is remembered.";
    }
}
