package dev.segue.lint;

import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression;
import dev.segue.plan.explain.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an answer for an unknown customer rests on values that nobody gave. An answer that holds whatever these
 * values are is none: {@code !has(profile.age) || profile.age < 30} says itself that unknown customers are meant.
 */
final class Guess {
    private Guess() {}

    /** Whether the value of a part may be another once the customer's values are known. */
    static boolean is(Answer part) {
        List<Answer> parts = part.parts();
        return switch (function(part)) {
            case "!_" -> is(parts.get(0));
            case "_&&_" -> parts.stream().noneMatch(side -> isKnown(side, false)) && anyIs(parts);
            case "_||_" -> parts.stream().noneMatch(side -> isKnown(side, true)) && anyIs(parts);
            case "_?_:_" -> is(parts.get(0)) || is(chosen(part));
            default -> DefaultValues.in(part.expression()).findAny().isPresent();
        };
    }

    /** Where the guard of a guess belongs that holds: the first part of it that holds by the guessed values only. */
    static Answer place(Answer guess) {
        List<Answer> parts = guess.parts();
        return switch (function(guess)) {
            case "_&&_", "_||_" ->
                parts.stream()
                        .filter(side -> is(side) && Boolean.TRUE.equals(side.value()))
                        .findFirst()
                        .map(Guess::place)
                        .orElse(guess);
            case "_?_:_" -> is(parts.get(0)) ? guess : place(chosen(guess));
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
