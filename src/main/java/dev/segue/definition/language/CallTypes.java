// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Attributes.Unclear;
import dev.segue.definition.language.Expression.Call;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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

    private CallTypes() {}

    /**
     * Returns the call with types that fit.
     *
     * @param type returns the call's type as far as CEL knows it
     * @throws Unclear if the types do not fit, or an attribute's type is open
     */
    static Expression typed(String function, List<Expression> arguments, Supplier<FieldType> type) throws Unclear {
        if (arguments.stream().anyMatch(Attributes::is)) {
            return Attributes.typed(new Call(function, arguments, resultOfOpen(function)));
        }
        if (ARITHMETIC.contains(function)) {
            requireEqual(arguments);
            if (arguments.get(0).type() != Scalar.DOUBLE || function.equals(Operators.MODULO)) {
                throw new Unclear("this cannot be computed: " + shown(arguments) + ".");
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
        return new Call(function, arguments, type.get());
    }

    /** Conversions have the type that they are named after; all others are tests. */
    private static FieldType resultOfOpen(String function) {
        return switch (function) {
            case "string" -> Scalar.STRING;
            case "double" -> Scalar.DOUBLE;
            case "int" -> Scalar.INTEGER;
            case "timestamp" -> Scalar.TIMESTAMP;
            default -> Scalar.BOOLEAN;
        };
    }

    /** A sum of attributes has an open type for CEL, so a whole number may be beside a number with a point. */
    private static List<Expression> comparable(List<Expression> arguments) throws Unclear {
        List<FieldType> types = arguments.stream().map(Expression::type).toList();
        if (types.contains(Scalar.DOUBLE) && types.contains(Scalar.INTEGER)) {
            return Attributes.doubles(arguments);
        }
        requireEqual(arguments);
        return arguments;
    }

    private static void requireEqual(List<Expression> arguments) throws Unclear {
        if (arguments.size() < 2
                || arguments.get(0).type().equals(arguments.get(1).type())) {
            return;
        }
        if (arguments.stream().allMatch(CallTypes::isNumber)) {
            throw new Unclear("whole numbers and numbers with a point do not mix. Write 2.0 instead of 2.");
        }
        throw new Unclear("these are of different types: " + shown(arguments) + ".");
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
