package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Call;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How CEL's operators are written and how tightly they bind. */
final class Operators {
    private static final Map<String, Integer> BINARY = Map.ofEntries(
            Map.entry("_||_", 2),
            Map.entry("_&&_", 3),
            Map.entry("_==_", 4),
            Map.entry("_!=_", 4),
            Map.entry("_<_", 4),
            Map.entry("_<=_", 4),
            Map.entry("_>_", 4),
            Map.entry("_>=_", 4),
            Map.entry("@in", 4),
            Map.entry("_+_", 5),
            Map.entry("_-_", 5),
            Map.entry("_*_", 6),
            Map.entry("_/_", 6),
            Map.entry("_%_", 6));

    /** Functions that are written after their first argument and a dot. */
    private static final List<String> MEMBERS = List.of("contains", "startsWith", "endsWith", "matches", "size");

    private Operators() {}

    static int precedence(String function) {
        return switch (function) {
            case "_?_:_" -> 1;
            case "!_", "-_" -> 7;
            default -> BINARY.getOrDefault(function, 9);
        };
    }

    static String text(Call call) {
        List<Expression> arguments = call.arguments();
        String function = call.function();
        Integer binary = BINARY.get(function);
        if (binary != null) {
            String symbol = function.equals("@in") ? "in" : function.substring(1, function.length() - 1);
            return operand(arguments.get(0), binary) + " " + symbol + " " + operand(arguments.get(1), binary + 1);
        }
        return switch (function) {
            case "!_", "-_" -> function.charAt(0) + operand(arguments.get(0), 7);
            case "_?_:_" ->
                operand(arguments.get(0), 2) + " ? " + operand(arguments.get(1), 2) + " : "
                        + operand(arguments.get(2), 1);
            case "_[_]" -> operand(arguments.get(0), 9) + "[" + arguments.get(1).text() + "]";
            default ->
                MEMBERS.contains(function)
                        ? operand(arguments.get(0), 9) + "." + function + list(arguments.subList(1, arguments.size()))
                        : function + list(arguments);
        };
    }

    /** The text of an operand, in parentheses where it binds less tightly than its surroundings. */
    static String operand(Expression operand, int surroundings) {
        return operand.precedence() < surroundings ? "(" + operand.text() + ")" : operand.text();
    }

    private static String list(List<Expression> arguments) {
        return arguments.stream().map(Expression::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
