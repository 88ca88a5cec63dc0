// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Operators;
import dev.segue.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists what must change for a condition to become true, or false. */
public final class Missing {
    private static final Map<String, String> WANTED = Map.of(
            Operators.EQUALS, "must be ",
            Operators.NOT_EQUALS, "must be other than ",
            Operators.LESS, "must be less than ",
            Operators.LESS_EQUALS, "must be at most ",
            Operators.GREATER, "must be more than ",
            Operators.GREATER_EQUALS, "must be at least ");

    private Missing() {}

    /** The sides of a junction; {@code a && b && c} has three. */
    public static List<Answer> sides(Answer part) {
        String function = function(part);
        List<Answer> sides = new ArrayList<>();
        for (Answer side : part.parts()) {
            boolean same = function(side).equals(function)
                    && (function.equals(Operators.AND) || function.equals(Operators.OR));
            sides.addAll(same ? sides(side) : List.of(side));
        }
        return sides;
    }

    private static String function(Answer part) {
        return part.expression() instanceof Call call ? call.function() : "";
    }

    /**
     * Returns one line per necessary change; none if the condition already has the wanted value. Lines below "one of
     * these" are indented.
     */
    public static List<String> of(Answer part, boolean wanted) {
        if (part.value() != null && part.value().equals(wanted)) {
            return List.of();
        }
        String function = function(part);
        if (function.equals(Operators.NOT)) {
            return of(part.parts().get(0), !wanted);
        }
        if (!function.equals(Operators.AND) && !function.equals(Operators.OR)) {
            return List.of(leaf(part, wanted));
        }
        List<List<String>> sides = new ArrayList<>();
        sides(part).forEach(side -> sides.add(of(side, wanted)));
        sides.removeIf(List::isEmpty);
        boolean allNeeded = function.equals(Operators.AND) == wanted;
        List<String> lines = new ArrayList<>();
        if (allNeeded || sides.size() == 1) {
            sides.forEach(lines::addAll);
            return lines;
        }
        lines.add("one of these:");
        for (List<String> side : sides) {
            if (side.size() > 1 && !side.get(0).endsWith(":")) {
                lines.add("  all of these:");
                side.forEach(line -> lines.add("    " + line));
            } else {
                side.forEach(line -> lines.add("  " + line));
            }
        }
        return lines;
    }

    private static String leaf(Answer part, boolean wanted) {
        if (part.expression() instanceof Call call && WANTED.containsKey(call.function())) {
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            String function = wanted ? call.function() : Operators.OPPOSITE.getOrDefault(call.function(), "");
            if (right instanceof Literal) {
                return compared(part, left, function, right);
            }
            if (left instanceof Literal) {
                return compared(part, right, Operators.MIRRORED.getOrDefault(function, ""), left);
            }
        }
        return part.expression().text() + " must become " + wanted;
    }

    private static String compared(Answer part, Expression reading, String function, Expression constant) {
        String now = "";
        for (Answer.ReadingValue known : part.readings()) {
            if (known.evidence().expression().equals(reading.text())) {
                now = " is " + (known.evidence().atLeast() ? "at least " : "")
                        + ValueText.of(known.evidence().value()) + " and";
            }
        }
        return reading.text() + now + " " + WANTED.get(function) + constant.text();
    }
}
