// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.segue.definition.language.Expression.Literal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Rejects constants that can never match. Without this check, a segment would silently stay empty. */
final class Constants {
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String DAY = "[0-9]{2}-[0-9]{2}";

    private Constants() {}

    /** Returns what is wrong with a constant pattern; empty if it is valid or not constant. */
    static Optional<String> checkPattern(Expression pattern) {
        if (!(pattern instanceof Literal literal && literal.value() instanceof String text)) {
            return Optional.empty();
        }
        try {
            Pattern.compile(text);
            return Optional.empty();
        } catch (PatternSyntaxException broken) {
            return Optional.of("'" + text + "' is not a pattern: " + broken.getDescription()
                    + (broken.getPattern() == null || broken.getPattern().isEmpty()
                            ? ""
                            : " at '" + broken.getPattern() + "'")
                    + ". Patterns are RE2 regular expressions.");
        }
    }

    /** Returns what is wrong with a constant date; empty if it is valid or not constant. */
    static Optional<String> checkDate(Expression date, boolean yearly) {
        if (!(date instanceof Literal literal && literal.value() instanceof String text)) {
            return Optional.empty();
        }
        String form = yearly ? "'12-25' or '1990-12-25'" : "'2027-05-01'";
        if (!text.matches(DATE) && !(yearly && text.matches(DAY))) {
            return Optional.of("'" + text + "' is not a date. Write it as " + form + "."
                    + (text.matches(DAY) ? " For a day of every year, use yearly()." : ""));
        }
        try {
            // Any leap year, because 29 February is a valid day.
            LocalDate.parse(text.matches(DAY) ? "2000-" + text : text);
            return Optional.empty();
        } catch (DateTimeException impossible) {
            return Optional.of("'" + text + "' is not a day of the calendar.");
        }
    }
}
