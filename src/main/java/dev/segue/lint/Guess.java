// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Operators;
import dev.segue.plan.explain.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a result for an unknown customer rests on default values. A result that holds for every possible
 * value is not a guess: {@code !has(profile.age) || profile.age < 30} includes unknown customers explicitly.
 */
final class Guess {
    private Guess() {}

    /** Returns true if the result may differ once the customer's values are known. */
    static boolean is(Answer part) {
        List<Answer> parts = part.parts();
        return switch (function(part)) {
            case Operators.NOT -> is(parts.get(0));
            case Operators.AND -> parts.stream().noneMatch(side -> isKnown(side, false)) && anyIs(parts);
            case Operators.OR -> parts.stream().noneMatch(side -> isKnown(side, true)) && anyIs(parts);
            case Operators.CONDITIONAL -> is(parts.get(0)) || is(chosen(part));
            default -> DefaultValues.in(part.expression()).findAny().isPresent();
        };
    }

    /** The place for the guard: the first part of a guess that holds only because of default values. */
    static Answer place(Answer guess) {
        List<Answer> parts = guess.parts();
        return switch (function(guess)) {
            case Operators.AND, Operators.OR ->
                parts.stream()
                        .filter(side -> is(side) && Boolean.TRUE.equals(side.value()))
                        .findFirst()
                        .map(Guess::place)
                        .orElse(guess);
            case Operators.CONDITIONAL -> is(parts.get(0)) ? guess : place(chosen(guess));
            default -> guess;
        };
    }

    private static boolean anyIs(List<Answer> parts) {
        return parts.stream().anyMatch(Guess::is);
    }

    private static boolean isKnown(Answer side, boolean value) {
        return !is(side) && Boolean.valueOf(value).equals(side.value());
    }

    private static Answer chosen(Answer conditional) {
        List<Answer> parts = conditional.parts();
        return Boolean.TRUE.equals(parts.get(0).value()) ? parts.get(1) : parts.get(2);
    }

    private static String function(Answer part) {
        @Nullable Expression expression = part.parts().isEmpty() ? null : part.expression();
        return expression instanceof Call call ? call.function() : "";
    }
}
