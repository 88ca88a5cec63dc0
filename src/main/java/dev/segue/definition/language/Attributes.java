// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Attribute;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives the entries of maps of mixed values a type: that of the value they are compared with. CEL leaves their type open
 * until they are evaluated, so it would accept any use of them.
 */
final class Attributes {
    private static final Set<String> COMPARISONS = Operators.OPPOSITE.keySet();
    private static final Set<String> OF_TEXT = Set.of("contains", "startsWith", "endsWith", "matches");
    private static final Set<String> CONVERSIONS = Set.of("string", "double", "int", "timestamp");

    private Attributes() {}

    static boolean is(Expression expression) {
        return expression.type() == Scalar.MIXED;
    }

    /**
     * Returns a call with its attributes read as the type of the other side.
     *
     * @param call with attributes of open type among its arguments
     * @throws Unclear if the type remains open, or cannot be an attribute's
     */
    static Expression typed(Call call) throws Unclear {
        List<Expression> arguments = call.arguments();
        String function = call.function();
        if (CONVERSIONS.contains(function)) {
            return call;
        }
        int open = is(arguments.get(0)) ? 0 : 1;
        if (OF_TEXT.contains(function) && open == 0) {
            requireText(call);
            return test(call, 0, Scalar.STRING, arguments);
        }
        if (function.equals(Operators.IN) && open == 0 && arguments.get(1).type() instanceof FieldType.Listing list) {
            return test(call, 0, typeLike(arguments.get(0), list.element()), doubles(arguments));
        }
        if (!COMPARISONS.contains(function)) {
            throw new Unclear(unclear(arguments.get(open)));
        }
        if (is(arguments.get(1 - open))) {
            throw new Unclear("two attributes cannot be compared, because nothing says whether they are texts, numbers,"
                    + " or true or false. Convert both, such as "
                    + new Call(
                                    function,
                                    arguments.stream().map(Attributes::asText).toList(),
                                    Scalar.BOOLEAN)
                            .text()
                    + ".");
        }
        FieldType other = arguments.get(1 - open).type();
        return test(call, open, typeLike(arguments.get(open), other), doubles(arguments));
    }

    /** Returns the sentence that refuses an attribute whose type nothing says. */
    static String unclear(Expression attribute) {
        String text = attribute.text();
        return "'" + text + "' may be a text, a number, or true or false. Compare it with one of them, such as " + text
                + " == 'x', or convert it with string(" + text + ") or double(" + text + ").";
    }

    /** Returns the sentence that refuses a part of an attribute. */
    static String withoutParts(Expression attribute) {
        return "'" + attribute.text()
                + "' is a text, a number, or true or false, and has no parts. Nested properties are"
                + " stored under one name with points, such as ['size.eu'].";
    }

    /**
     * Returns an attribute of open type, read as the given type.
     *
     * @throws Unclear if its name is not a constant
     */
    static Attribute as(Scalar type, Expression open) throws Unclear {
        if (open instanceof Expression.Select select) {
            return new Attribute(select.operand(), select.field(), type);
        }
        List<Expression> mapAndKey = ((Call) open).arguments();
        if (mapAndKey.get(1) instanceof Literal key) {
            return new Attribute(mapAndKey.get(0), key.value().toString(), type);
        }
        throw new Unclear("the name of an attribute must be a constant text, such as "
                + mapAndKey.get(0).text() + "['size'].");
    }

    private static Expression asText(Expression attribute) {
        return new Call("string", List.of(attribute), Scalar.STRING);
    }

    private static Expression test(Call written, int position, Scalar type, List<Expression> arguments) throws Unclear {
        List<Expression> typed = new ArrayList<>(arguments);
        Attribute attribute = as(type, arguments.get(position));
        typed.set(position, attribute);
        Call comparison = new Call(written.function(), List.copyOf(typed), Scalar.BOOLEAN);
        return new Expression.AttributeTest(attribute, written, comparison);
    }

    private static Scalar typeLike(Expression attribute, FieldType other) throws Unclear {
        if (other == Scalar.INTEGER || other == Scalar.DECIMAL) {
            return Scalar.DOUBLE;
        }
        if (other instanceof Scalar scalar && Scalar.MIXABLE.contains(scalar)) {
            return scalar;
        }
        String convert = other == Scalar.TIMESTAMP ? " Write timestamp(" + attribute.text() + ")." : "";
        throw new Unclear(
                "'" + attribute.text() + "' is a text, a number, or true or false, and cannot be compared with a "
                        + other.describe() + "." + convert);
    }

    private static void requireText(Call call) throws Unclear {
        for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
            if (is(argument)) {
                throw new Unclear(unclear(argument));
            }
        }
    }

    /** Attributes have numbers with a point only, so whole numbers beside them become such numbers. */
    static List<Expression> doubles(List<Expression> arguments) {
        return arguments.stream().map(Attributes::asDouble).toList();
    }

    private static Expression asDouble(Expression value) {
        if (value instanceof Literal literal && literal.value() instanceof Long whole) {
            return new Literal(whole.doubleValue(), Scalar.DOUBLE);
        }
        if (value instanceof Expression.ListOf list
                && list.type() instanceof FieldType.Listing listing
                && listing.element() == Scalar.INTEGER) {
            return new Expression.ListOf(doubles(list.elements()), new FieldType.Listing(Scalar.DOUBLE));
        }
        return value.type() == Scalar.INTEGER ? new Call("double", List.of(value), Scalar.DOUBLE) : value;
    }

    /** The use of an attribute has no clear meaning; the message says what to write instead. */
    static final class Unclear extends Exception {
        private static final long serialVersionUID = 1L;

        Unclear(String message) {
            super(message);
        }
    }
}
