// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Literal;
import dev.segue.event.FieldType.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the uses of {@code percentile()}. */
final class Percentiles {
    static final String FUNCTION = "percentile";

    private static final Set<Scalar> COMPARABLE =
            Set.of(Scalar.INTEGER, Scalar.DOUBLE, Scalar.TIMESTAMP, Scalar.DURATION);
    private static final double HIGHEST = 100;
    private static final double TENTHS = 10;

    static final String NOT_INSIDE =
            "'percentile' cannot be used inside a condition on events. It compares one value of the customer with those of"
                    + " others, such as order_completed.map(o, o.total).sum().percentile().";

    private Percentiles() {}

    /** Returns why a value cannot be compared with those of other customers; empty if it can. */
    static Optional<String> complaint(Expression value) {
        if (Attributes.is(value)) {
            return Optional.of(
                    "'" + value.text() + "' may be a text, a number, or true or false. Convert it first: double("
                            + value.text() + ").percentile().");
        }
        if (!(value.type() instanceof Scalar scalar && COMPARABLE.contains(scalar))) {
            return Optional.of("percentile() compares numbers, points in time and lengths of time, and '" + value.text()
                    + "' is a "
                    + (value.type() == Scalar.STRING ? "text" : value.type().describe()) + ".");
        }
        if (contains(value, Expression.Percentile.class)) {
            return Optional.of("a percentile of a percentile says no more than the first. Write it once.");
        }
        return readsCustomer(value)
                ? Optional.empty()
                : Optional.of("'" + value.text() + "' is the same for all customers, so there is nothing to compare.");
    }

    private static boolean contains(Expression expression, Class<? extends Expression> kind) {
        return kind.isInstance(expression) || expression.children().stream().anyMatch(child -> contains(child, kind));
    }

    private static boolean readsCustomer(Expression expression) {
        return expression instanceof Expression.Reading
                || expression instanceof Expression.Grouped
                || expression instanceof Expression.Profile
                || expression instanceof Expression.Customer
                || expression instanceof Expression.InSegment
                || expression.children().stream().anyMatch(Percentiles::readsCustomer);
    }

    /** Returns why a percentile cannot be compared with a constant, if that is what a call does. */
    static Optional<String> compared(String function, List<Expression> arguments) {
        if (!Operators.OPPOSITE.containsKey(function)) {
            return Optional.empty();
        }
        for (int index = 0; index < arguments.size(); index++) {
            if (arguments.get(index) instanceof Expression.Percentile
                    && arguments.get(1 - index) instanceof Literal constant) {
                double number = (Double) constant.value();
                if (!(number >= 0 && number <= HIGHEST)) {
                    return Optional.of("a percentile is from 0.0 to 100.0, and never " + constant.text() + ".");
                }
                if (Math.abs(number * TENTHS - Math.rint(number * TENTHS)) > 1e-6) {
                    return Optional.of("percentiles are rounded down to tenths, and " + constant.text()
                            + " lies between two of them.");
                }
            }
        }
        return Optional.empty();
    }
}
