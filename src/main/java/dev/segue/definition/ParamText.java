// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Span;
import dev.segue.event.FieldType.Scalar;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses values of params that are written outside a definition's file. The file's own value determines the type: if it
 * is a duration, the override must be a duration too.
 */
final class ParamText {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private ParamText() {}

    /**
     * Parses the text as a value of the same kind; empty if it is not one, and then {@link #complaint} explains why.
     */
    static Optional<Literal> read(String text, Literal like) {
        if (like.value() instanceof Boolean) {
            return text.equals("true") || text.equals("false")
                    ? Optional.of(new Literal(Boolean.parseBoolean(text), Scalar.BOOLEAN))
                    : Optional.empty();
        }
        if (like.value() instanceof Long) {
            return WHOLE.matcher(text).matches()
                    ? Optional.of(new Literal(Long.parseLong(text), Scalar.INTEGER))
                    : Optional.empty();
        }
        if (like.value() instanceof Double) {
            return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))
                    ? Optional.of(new Literal(Double.parseDouble(text), Scalar.DOUBLE))
                    : Optional.empty();
        }
        return isDuration(like) && Span.parse(text).isEmpty()
                ? Optional.empty()
                : Optional.of(new Literal(text, Scalar.STRING));
    }

    /** Explains what is wrong with a text and how to write it. */
    static String complaint(String name, String text, Literal like) {
        if (isDuration(like)) {
            return "'" + name + "' is a duration. " + Span.complaint(text);
        }
        String kind = like.value() instanceof Boolean
                ? "true or false"
                : like.value() instanceof Long ? "a whole number of at most 18 digits" : "a number";
        return "'" + name + "' is " + kind + ", such as " + like.value() + " in the definition's file, and not '" + text
                + "'.";
    }

    static String kind(Literal literal) {
        return isDuration(literal)
                ? "duration"
                : literal.value() instanceof Boolean
                        ? "boolean"
                        : literal.value() instanceof Long
                                ? "integer"
                                : literal.value() instanceof Double ? "number" : "text";
    }

    private static boolean isDuration(Literal literal) {
        return literal.value() instanceof String text && Span.parse(text).isPresent();
    }
}
