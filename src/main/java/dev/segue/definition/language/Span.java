// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.value.DurationText;
import java.time.Duration;
import java.util.Optional;

/**
 * A duration as the language writes it: a whole number and one unit.
 *
 * @param text as written, such as {@code 7d}
 * @param millis milliseconds, above 0 and at most five years; a day is 24 hours
 */
public record Span(String text, long millis) {
    private static final Duration LONGEST = Duration.ofDays(1830);

    /**
     * Parses {@code 250ms 30s 15m 1h 7d 2w}; empty if the text is not a duration of the language, and then {@link
     * #complaint} explains why.
     */
    public static Optional<Span> parse(String text) {
        return DurationText.parse(text)
                .filter(duration -> !duration.isZero() && duration.compareTo(LONGEST) <= 0)
                .map(duration -> new Span(text, duration.toMillis()));
    }

    /** Returns a duration in the largest unit in which it is a whole number. */
    public static Span ofMillis(long millis) {
        return new Span(DurationText.write(Duration.ofMillis(millis)), millis);
    }

    /** Explains what is wrong with a text that is not a duration, and how to write it. */
    public static String complaint(String text) {
        return text.strip().matches("0+(ms|[smhdw])?")
                ? "'" + text + "' is an empty duration. Write a number above 0."
                : DurationText.complaint(text, LONGEST);
    }
}
