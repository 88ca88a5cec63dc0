// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Call;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** CEL's operators: the names of their functions, their symbols and their precedence. */
public final class Operators {
    public static final String AND = "_&&_";
    public static final String OR = "_||_";
    public static final String NOT = "!_";
    public static final String CONDITIONAL = "_?_:_";
    public static final String EQUALS = "_==_";
    public static final String NOT_EQUALS = "_!=_";
    public static final String LESS = "_<_";
    public static final String LESS_EQUALS = "_<=_";
    public static final String GREATER = "_>_";
    public static final String GREATER_EQUALS = "_>=_";
    public static final String ADD = "_+_";
    public static final String SUBTRACT = "_-_";
    public static final String MULTIPLY = "_*_";
    public static final String DIVIDE = "_/_";
    public static final String MODULO = "_%_";
    public static final String NEGATE = "-_";
    public static final String IN = "@in";
    public static final String INDEX = "_[_]";

    /** For each comparison, the one that holds if it does not. */
    public static final Map<String, String> OPPOSITE = Map.of(
            EQUALS,
            NOT_EQUALS,
            NOT_EQUALS,
            EQUALS,
            LESS,
            GREATER_EQUALS,
            GREATER_EQUALS,
            LESS,
            GREATER,
            LESS_EQUALS,
            LESS_EQUALS,
            GREATER);

    /** For each comparison, the one with its sides exchanged. */
    public static final Map<String, String> MIRRORED = Map.of(
            EQUALS,
            EQUALS,
            NOT_EQUALS,
            NOT_EQUALS,
            LESS,
            GREATER,
            GREATER,
            LESS,
            LESS_EQUALS,
            GREATER_EQUALS,
            GREATER_EQUALS,
            LESS_EQUALS);

    private static final Map<String, Integer> BINARY = Map.ofEntries(
            Map.entry(OR, 2),
            Map.entry(AND, 3),
            Map.entry(EQUALS, 4),
            Map.entry(NOT_EQUALS, 4),
            Map.entry(LESS, 4),
            Map.entry(LESS_EQUALS, 4),
            Map.entry(GREATER, 4),
            Map.entry(GREATER_EQUALS, 4),
            Map.entry(IN, 4),
            Map.entry(ADD, 5),
            Map.entry(SUBTRACT, 5),
            Map.entry(MULTIPLY, 6),
            Map.entry(DIVIDE, 6),
            Map.entry(MODULO, 6));

    /** The length of a list or text. */
    public static final String SIZE = "size";

    /** Functions that are written after their first argument and a dot. */
    private static final List<String> MEMBERS = List.of("contains", "startsWith", "endsWith", "matches", SIZE);

    private Operators() {}

    static int precedence(String function) {
        return switch (function) {
            case CONDITIONAL -> 1;
            case NOT, NEGATE -> 7;
            default -> BINARY.getOrDefault(function, 9);
        };
    }

    static String text(Call call) {
        List<Expression> arguments = call.arguments();
        String function = call.function();
        Integer binary = BINARY.get(function);
        if (binary != null) {
            String symbol = function.equals(IN) ? "in" : function.substring(1, function.length() - 1);
            return operand(arguments.get(0), binary) + " " + symbol + " " + operand(arguments.get(1), binary + 1);
        }
        return switch (function) {
            case NOT, NEGATE -> function.charAt(0) + operand(arguments.get(0), 7);
            case CONDITIONAL ->
                operand(arguments.get(0), 2) + " ? " + operand(arguments.get(1), 2) + " : "
                        + operand(arguments.get(2), 1);
            case INDEX -> operand(arguments.get(0), 9) + "[" + arguments.get(1).text() + "]";
            default ->
                MEMBERS.contains(function)
                        ? operand(arguments.get(0), 9) + "." + function + list(arguments.subList(1, arguments.size()))
                        : function + list(arguments);
        };
    }

    /** Returns the text of an operand, in parentheses if it binds less tightly than its surroundings. */
    static String operand(Expression operand, int surroundings) {
        return operand.precedence() < surroundings ? "(" + operand.text() + ")" : operand.text();
    }

    private static String list(List<Expression> arguments) {
        return arguments.stream().map(Expression::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
