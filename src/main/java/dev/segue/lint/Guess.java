package dev.segue.lint;

import dev.segue.definition.Expression;
import dev.segue.definition.Expression.Call;
import dev.segue.plan.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an answer for an unknown customer rests on values that nobody gave. An answer that holds whatever these
 * values are is none: {@code !has(profile.age) || profile.age < 30} says itself that unknown customers are meant.
 */
final class Guess {
    private Guess() {}

    /** Whether the value of a part may be another once the customer's values are known. */
    static boolean is(Part part) {
        List<Part> parts = part.parts();
        return switch (function(part)) {
            case "!_" -> is(parts.get(0));
            case "_&&_" -> parts.stream().noneMatch(side -> isKnown(side, false)) && anyIs(parts);
            case "_||_" -> parts.stream().noneMatch(side -> isKnown(side, true)) && anyIs(parts);
            case "_?_:_" -> is(parts.get(0)) || is(chosen(part));
            default -> DefaultValues.in(part.expression()).findAny().isPresent();
        };
    }

    /** Where the guard of a guess belongs that holds: the first part of it that holds by the guessed values only. */
    static Part place(Part guess) {
        List<Part> parts = guess.parts();
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

    private static boolean anyIs(List<Part> parts) {
        return parts.stream().anyMatch(Guess::is);
    }

    private static boolean isKnown(Part side, boolean value) {
        return !is(side) && Boolean.valueOf(value).equals(side.value());
    }

    private static Part chosen(Part conditional) {
        List<Part> parts = conditional.parts();
        return Boolean.TRUE.equals(parts.get(0).value()) ? parts.get(1) : parts.get(2);
    }

    private static String function(Part part) {
        @Nullable Expression expression = part.parts().isEmpty() ? null : part.expression();
        return expression instanceof Call call ? call.function() : "";
    }
}
