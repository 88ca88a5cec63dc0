// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.ast.CelExpr;
import dev.segue.definition.language.Expression.Call;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.List;
import java.util.Set;

/**
 * Types a call of which CEL leaves an argument's type open: an attribute, or a sum of attributes. CEL accepts whatever
 * is done with them, so the types are compared here.
 */
final class CallTypes {
    private static final Set<String> ARITHMETIC = Set.of(
            Operators.ADD,
            Operators.SUBTRACT,
            Operators.MULTIPLY,
            Operators.DIVIDE,
            Operators.MODULO,
            Operators.NEGATE);

    private final Lowering lowering;
    private final CelExpr expression;

    CallTypes(Lowering lowering, CelExpr expression) {
        this.lowering = lowering;
        this.expression = expression;
    }

    /** @throws Refusal if the types do not fit, or an attribute's type is open */
    Expression typed(String function, List<Expression> arguments) {
        boolean open = arguments.stream().anyMatch(Attributes::is);
        if (open) {
            try {
                return Attributes.typed(new Call(function, arguments, resultOfOpen(function)));
            } catch (Attributes.Unclear unclear) {
                throw lowering.refuse(expression, String.valueOf(unclear.getMessage()));
            }
        }
        if (ARITHMETIC.contains(function)) {
            requireEqual(arguments);
            if (arguments.get(0).type() != Scalar.DOUBLE || function.equals(Operators.MODULO)) {
                throw lowering.refuse(expression, "this cannot be computed: " + shown(arguments) + ".");
            }
            return new Call(function, arguments, Scalar.DOUBLE);
        }
        if (function.equals(Operators.CONDITIONAL)) {
            List<Expression> results = arguments.subList(1, 3);
            requireEqual(results);
            return new Call(function, arguments, results.get(0).type());
        }
        if (Operators.OPPOSITE.containsKey(function)) {
            return new Call(function, comparable(arguments), Scalar.BOOLEAN);
        }
        return new Call(function, arguments, lowering.type(expression));
    }

    /** Conversions have the type that they are named after; all others are tests. */
    private FieldType resultOfOpen(String function) {
        return switch (function) {
            case "string" -> Scalar.STRING;
            case "double" -> Scalar.DOUBLE;
            case "int" -> Scalar.INTEGER;
            case "timestamp" -> Scalar.TIMESTAMP;
            default -> Scalar.BOOLEAN;
        };
    }

    /** A sum of attributes has an open type for CEL, so a whole number may be beside a number with a point. */
    private List<Expression> comparable(List<Expression> arguments) {
        List<FieldType> types = arguments.stream().map(Expression::type).toList();
        if (types.contains(Scalar.DOUBLE) && types.contains(Scalar.INTEGER)) {
            return Attributes.doubles(arguments);
        }
        requireEqual(arguments);
        return arguments;
    }

    private void requireEqual(List<Expression> arguments) {
        if (arguments.size() < 2
                || arguments.get(0).type().equals(arguments.get(1).type())) {
            return;
        }
        if (arguments.stream().allMatch(CallTypes::isNumber)) {
            throw lowering.refuse(
                    expression, "whole numbers and numbers with a point do not mix. Write 2.0 instead of 2.");
        }
        throw lowering.refuse(expression, "these are of different types: " + shown(arguments) + ".");
    }

    private static boolean isNumber(Expression argument) {
        return argument.type() == Scalar.DOUBLE || argument.type() == Scalar.INTEGER;
    }

    private static String shown(List<Expression> arguments) {
        return String.join(
                " and ",
                arguments.stream()
                        .map(argument -> "'" + argument.text() + "' is a "
                                + argument.type().describe())
                        .toList());
    }
}
