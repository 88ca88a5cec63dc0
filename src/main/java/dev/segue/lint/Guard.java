// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text to add to a condition so that it holds only if the values that it reads are known. */
record Guard(List<String> conditions) {
    private static final int AND = 3;
    private static final int OR = 2;

    static Guard of(Expression guessed) {
        return new Guard(DefaultValues.in(guessed)
                .map(DefaultValues.Read::guard)
                .distinct()
                .toList());
    }

    String text() {
        return String.join(" && ", conditions);
    }

    /** The guarded condition. */
    String before(Expression condition) {
        return text() + " && " + operand(condition, AND);
    }

    /** The condition, extended to hold for unknown customers as well. */
    String unless(Expression condition) {
        return missing() + " || " + operand(condition, OR);
    }

    /** The condition that one of the values is unknown. */
    String missing() {
        return conditions.stream().map(Guard::opposite).collect(Collectors.joining(" || "));
    }

    private static String opposite(String condition) {
        return condition.endsWith(".count() > 0")
                ? condition.substring(0, condition.length() - "> 0".length()) + "== 0"
                : "!" + condition;
    }

    /** The value as a literal of the language. */
    static String shown(@Nullable Object value) {
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    private static String operand(Expression operand, int surroundings) {
        return operand.precedence() < surroundings ? "(" + operand.text() + ")" : operand.text();
    }
}
