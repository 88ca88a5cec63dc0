// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.need;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Streams;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.Set;

/**
 * Determines whether an expression may have no value for some element, because of a division by zero, a missing key or
 * an overflow. In doubt the result is true, which costs an aggregate of the elements without a value.
 */
public final class MayFail {
    /** Whole numbers have 63 bits beside the sign. */
    private static final int ROOM = 63;

    private static final Set<String> ARITHMETIC =
            Set.of(Operators.ADD, Operators.SUBTRACT, Operators.MULTIPLY, Operators.NEGATE);
    private static final Set<String> DIVISIONS = Set.of(Operators.DIVIDE, Operators.MODULO);
    private static final Set<String> CONVERSIONS = Set.of("int", "double", "timestamp", "duration", Operators.INDEX);

    private MayFail() {}

    /** Returns whether the expression may fail. Readings of streams are not examined. */
    public static boolean is(Expression expression) {
        return fails(expression) || expression.children().stream().anyMatch(MayFail::is);
    }

    /** Returns whether it may have no value although its parts have one. */
    private static boolean fails(Expression expression) {
        if (expression instanceof Select select) {
            return !(select.operand().type() instanceof FieldType.Nested)
                    && !(select.operand() instanceof Expression.Profile);
        }
        if (expression instanceof Expression.Reduce reduce) {
            return reduce.type() == Scalar.INTEGER && !reduce.reduction().isCount();
        }
        if (!(expression instanceof Call call)) {
            return false;
        }
        if (CONVERSIONS.contains(call.function())) {
            return !(call.function().equals("double") && call.arguments().get(0).type() == Scalar.INTEGER);
        }
        boolean exact = call.type() != Scalar.DOUBLE && call.type() != Scalar.STRING;
        if (ARITHMETIC.contains(call.function())) {
            return exact && bits(call) > ROOM;
        }
        if (DIVISIONS.contains(call.function())) {
            return exact && !isHarmless(call.arguments().get(1));
        }
        return call.function().equals("matches") && !(call.arguments().get(1) instanceof Literal);
    }

    /** Division by minus one overflows too. */
    private static boolean isHarmless(Expression divisor) {
        return divisor instanceof Literal literal && literal.value() instanceof Long number && number > 0;
    }

    /** Returns the maximum number of bits of a whole number. */
    private static int bits(Expression expression) {
        if (expression instanceof Literal literal && literal.value() instanceof Long number) {
            return Long.SIZE - Long.numberOfLeadingZeros(Math.abs(number));
        }
        if (expression instanceof Select select && Streams.computed(select.field())) {
            return select.type() == Scalar.INTEGER ? 5 : Long.SIZE;
        }
        if (expression instanceof Call call && call.type() == Scalar.INTEGER) {
            return ofCall(call);
        }
        return Long.SIZE;
    }

    private static int ofCall(Call call) {
        return switch (call.function()) {
            case Operators.SIZE -> Integer.SIZE;
            case Operators.NEGATE -> bits(call.arguments().get(0));
            case Operators.ADD, Operators.SUBTRACT ->
                1
                        + Math.max(
                                bits(call.arguments().get(0)),
                                bits(call.arguments().get(1)));
            case Operators.MULTIPLY ->
                bits(call.arguments().get(0)) + bits(call.arguments().get(1));
            default -> Long.SIZE;
        };
    }
}
