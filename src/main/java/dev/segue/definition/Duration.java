package dev.segue.definition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as the language writes it: a whole number and one unit.
 *
 * @param text as written, such as {@code 7d}
 * @param millis milliseconds, above 0; a day is 24 hours
 */
public record Duration(String text, long millis) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhdw])");

    /** Parses {@code 30s 15m 1h 7d 2w}; empty where the text is none of these. */
    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long seconds = switch (form.group(2).charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            default -> 604_800;
        };
        return Optional.of(new Duration(text, Long.parseLong(form.group(1)) * seconds * 1000));
    }
}
