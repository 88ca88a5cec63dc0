package dev.segue.definition;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as the language writes it: a whole number and one unit.
 *
 * @param text as written, such as {@code 7d}
 * @param millis milliseconds, above 0 and at most five years; a day is 24 hours
 */
public record Duration(String text, long millis) {
    /** The longest that anything is remembered or waited for: five years. */
    public static final int MAX_DAYS = 1830;

    private static final Pattern FORM = Pattern.compile("([0-9]+)([smhdw])");
    private static final Pattern WORDS = Pattern.compile("([0-9]{1,6})\\s*([A-Za-z]+)");
    private static final long DAY = 86_400_000L;
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("s", "s"),
            Map.entry("sec", "s"),
            Map.entry("second", "s"),
            Map.entry("m", "m"),
            Map.entry("min", "m"),
            Map.entry("minute", "m"),
            Map.entry("h", "h"),
            Map.entry("hr", "h"),
            Map.entry("hour", "h"),
            Map.entry("d", "d"),
            Map.entry("day", "d"),
            Map.entry("w", "w"),
            Map.entry("week", "w"));

    /** Parses {@code 30s 15m 1h 7d 2w}; empty where {@link #complaint} says why not. */
    static Optional<Duration> parse(String text) {
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
                : Optional.of(new Duration(text, number * unit));
    }

    /** What is wrong with a text that is no duration, and how to write it. */
    static String complaint(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            return form.group(1).chars().allMatch(digit -> digit == '0')
                    ? "'" + text + "' is no time at all. Write a number above 0."
                    : "'" + text + "' is too long. At most " + MAX_DAYS + "d (five years) is remembered.";
        }
        return "'" + text + "' is not a duration. Write a whole number and one unit of s, m, h, d, w, such as '30m'."
                + meant(text);
    }

    private static String meant(String text) {
        Matcher words = WORDS.matcher(text.strip());
        if (!words.matches()) {
            return "";
        }
        String word = words.group(2).toLowerCase(Locale.ROOT);
        String single = word.length() > 1 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        long number = Long.parseLong(words.group(1));
        String unit = UNITS.get(single);
        return switch (single) {
            case "mo", "month" -> " A month is about " + number * 30 + "d.";
            case "y", "yr", "year" -> " A year is about " + number * 365 + "d.";
            default -> unit == null ? "" : " Did you mean '" + number + unit + "'?";
        };
    }
}
