// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Customer;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Expression.Reduce;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Domain.Numbers;
import dev.segue.lint.Domain.Words;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The possible values of an expression for any customer: a count is never negative, a weekday is 1 to 7. */
final class Ranges {
    private static final String HOUR = "hour";
    private static final String WEEKDAY = "weekday";
    private final Vocabulary vocabulary;
    private final boolean filled;

    Ranges(Vocabulary vocabulary) {
        this(vocabulary, false);
    }

    private Ranges(Vocabulary vocabulary, boolean filled) {
        this.vocabulary = vocabulary;
        this.filled = filled;
    }

    /** The ranges of customers for whom no stream is empty. */
    Ranges filled() {
        return new Ranges(vocabulary, true);
    }

    /** Null if values of this type are not analysed. An empty domain means that the expression is impossible. */
    @Nullable
    Domain of(Expression expression) {
        FieldType type = expression.type();
        if (type == Scalar.BOOLEAN) {
            return Words.TRUE_OR_FALSE;
        }
        if (type == Scalar.STRING) {
            return Words.ANY;
        }
        return isNumber(type) ? numbers(expression) : null;
    }

    /** A sentence that explains the limits of an expression; empty if there is nothing to explain. */
    String reason(Expression expression) {
        Select clock = clock(expression);
        if (clock != null) {
            return clock.field().equals(HOUR) ? " An hour is 0 to 23." : " A weekday is 1 (Monday) to 7 (Sunday).";
        }
        Domain domain = of(expression);
        if (!(domain instanceof Numbers numbers) || (numbers.low() == null && numbers.high() == null)) {
            return "";
        }
        boolean share = numbers.high() != null && numbers.high().compareTo(BigDecimal.ONE) == 0 && !numbers.whole();
        return " '" + expression.text() + "' is "
                + (numbers.high() == null
                        ? "never below " + numbers.low()
                        : (share ? "between " : "") + numbers.low() + (share ? " and " : " to ") + numbers.high())
                + (share ? ": half is 0.5." : ".");
    }

    /** The first sentence that explains the limits of one of these expressions; empty if there is none. */
    String reason(List<Expression> expressions) {
        return expressions.stream()
                .filter(expression -> !(expression instanceof Literal))
                .map(this::reason)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static boolean isNumber(FieldType type) {
        return type == Scalar.INTEGER || type == Scalar.DOUBLE || type == Scalar.DECIMAL;
    }

    private Numbers numbers(Expression expression) {
        boolean whole = expression.type() == Scalar.INTEGER;
        if (expression instanceof Reading reading) {
            return ofReading(reading, whole);
        }
        if (expression instanceof Select select) {
            return ofField(select, whole);
        }
        if (expression instanceof Reduce reduce && reduce.reduction().isCount()) {
            // A customer has at least its own id.
            return from(reduce.list() instanceof Select list && list.operand() instanceof Customer ? 1 : 0, null, true);
        }
        if (expression instanceof Call call) {
            if (call.function().equals(Operators.SIZE)) {
                return from(0, null, true);
            }
            if (call.function().equals(Operators.ADD)) {
                Numbers left = numbers(call.arguments().get(0));
                Numbers right = numbers(call.arguments().get(1));
                return Numbers.between(sum(left.low(), right.low()), sum(left.high(), right.high()), whole);
            }
        }
        return Numbers.between(null, null, whole);
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal left, @Nullable BigDecimal right) {
        return left == null || right == null ? null : left.add(right);
    }

    private Numbers ofReading(Reading reading, boolean whole) {
        Reduction reduction = reading.reduction();
        if (reduction.isCount()) {
            return from(0, atMost(reading.pipeline()), true);
        }
        if (reduction == Reductions.SHARE) {
            return Numbers.between(BigDecimal.ZERO, BigDecimal.ONE, false);
        }
        Select clock = clock(reading);
        return clock == null ? Numbers.between(null, null, whole) : ofClock(clock, filled, whole);
    }

    /** All functions of an empty stream return 0, so a weekday of a stream that may be empty can be 0. */
    private static Numbers ofClock(Select clock, boolean known, boolean whole) {
        return clock.field().equals(HOUR) ? from(0, 23, whole) : from(known ? 1 : 0, 7, whole);
    }

    /**
     * The hour or weekday of an element, or of one of the elements of a stream, that this expression is; null for other
     * expressions.
     */
    private @Nullable Select clock(Expression expression) {
        if (expression instanceof Select select) {
            return isOfClock(select) ? select : null;
        }
        return expression instanceof Reading reading
                        && reading.reduction().staysAmongValues()
                        && reading.projection() != null
                        && reading.projection().body() instanceof Select select
                        && isOfClock(select)
                ? select
                : null;
    }

    /** The stream whose elements this hour or weekday is taken of; null for other expressions. */
    @Nullable
    Pipeline clockedStream(Expression expression) {
        if (clock(expression) == null) {
            return null;
        }
        Expression source = expression instanceof Select select ? select.operand() : expression;
        return source instanceof Reading reading ? reading.pipeline() : null;
    }

    private Numbers ofField(Select select, boolean whole) {
        if (select.operand() instanceof Reading reading && reading.reduction() == Reductions.MOST) {
            if (select.field().equals("share")) {
                return Numbers.between(BigDecimal.ZERO, BigDecimal.ONE, false);
            }
            if (select.field().equals("count")) {
                return from(0, atMost(reading.pipeline()), true);
            }
        }
        if (isOfClock(select)) {
            return ofClock(select, filled || select.operand() instanceof Variable, true);
        }
        return Numbers.between(null, null, whole);
    }

    /** Returns true for the hour or weekday that Segue computes for an element of a stream. */
    private boolean isOfClock(Select select) {
        return (select.field().equals(HOUR) || select.field().equals(WEEKDAY))
                && (select.operand() instanceof Variable || isElement(select.operand()))
                && vocabulary.types().stream().noneMatch(type -> type.record().slot(select.field()) >= 0)
                && !isProductLine(select);
    }

    private static boolean isElement(Expression operand) {
        return operand instanceof Reading reading
                && reading.projection() == null
                && (reading.reduction() == Reductions.LATEST || reading.reduction() == Reductions.FIRST);
    }

    /** Lines inside an event have no time of their own. */
    private static boolean isProductLine(Select select) {
        return select.operand().type() instanceof FieldType.Nested nested
                && nested.record().slot("time") < 0;
    }

    /** The limit that {@code last(n)} sets; null without {@code last}. */
    private static @Nullable Integer atMost(Pipeline pipeline) {
        Integer most = null;
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Last last) {
                most = most == null ? last.count() : Integer.valueOf(Math.min(most, last.count()));
            }
        }
        return most;
    }

    private static Numbers from(int low, @Nullable Integer high, boolean whole) {
        return Numbers.between(BigDecimal.valueOf(low), high == null ? null : BigDecimal.valueOf(high), whole);
    }
}
