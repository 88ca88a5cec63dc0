// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import com.google.common.hash.Hashing;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.event.Evidence;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.value.DurationText;
import dev.segue.value.EvaluationException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The percentile of a customer in a population. When it changes, the plan evaluates the definitions that read it.
 *
 * @param population the population's id
 * @param compared the percentile with which it is compared, in tenths of a percent; null if with no constant
 */
public record PercentileReading(
        long population, ValueBuckets buckets, @Nullable Integer compared, String text) implements Reading {
    private static final double TENTHS = 10;
    /** Upwards, so that the value shown has reached the percentile. */
    private static final MathContext FIVE_DIGITS = new MathContext(5, RoundingMode.CEILING);

    /** Sums are exact up to this. */
    private static final double MILLIONTH = 0.000_001;

    static PercentileReading of(Expression.Percentile percentile, @Nullable Integer compared) {
        return new PercentileReading(
                id(percentile), ValueBuckets.of(percentile.value().type()), compared, percentile.text());
    }

    /** Returns the id of a percentile's population, below 2 to the power of 32: each customer's state stores it. */
    public static long id(Expression.Percentile percentile) {
        return Integer.toUnsignedLong(Hashing.sha256()
                .hashString(percentile.population(), StandardCharsets.UTF_8)
                .asInt());
    }

    /** Returns the percentile in tenths of a percent; -1 if the customer has none. */
    int tenths(Frame frame) {
        Cuts cuts = cuts(frame);
        return cuts == null ? -1 : cuts.tenths(bucket(frame));
    }

    private int bucket(Frame frame) {
        return frame.state().standings().bucket(population);
    }

    private @Nullable Cuts cuts(Frame frame) {
        return frame.state().cuts().at(population, frame.now());
    }

    @Override
    public Object value(Frame frame) {
        int tenths = tenths(frame);
        if (tenths < 0) {
            throw new EvaluationException("the customer has no percentile");
        }
        return tenths / TENTHS;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {}

    /** The percentile, the number of customers, and the least value of the percentile with which it is compared. */
    @Override
    public Evidence evidence(Frame frame) {
        Cuts cuts = cuts(frame);
        if (cuts == null || bucket(frame) == ValueBuckets.NONE) {
            throw new EvaluationException("the customer is not counted");
        }
        Map<String, Object> found = new LinkedHashMap<>();
        int tenths = cuts.tenths(bucket(frame));
        if (tenths >= 0) {
            found.put("percentile", tenths / TENTHS);
        }
        found.put("customers", cuts.customers());
        Integer lowest = compared == null ? null : cuts.lowest(compared);
        if (lowest != null && lowest != ValueBuckets.NONE) {
            found.put("from_" + compared / TENTHS, readable(buckets.lowest(lowest)));
        }
        return new Evidence(text, found, false, false);
    }

    /** Buckets are half a percent wide, so more digits would say nothing. */
    private static Object readable(Object value) {
        if (value instanceof Duration span) {
            return DurationText.write(span);
        }
        if (!(value instanceof Double number)) {
            return value;
        }
        return number > 0 && number < MILLIONTH
                ? MILLIONTH
                : new BigDecimal(number).round(FIVE_DIGITS).doubleValue();
    }

    /**
     * A percentile compared with a constant; false for a customer without a percentile.
     *
     * @param tenths the constant, in tenths of a percent
     */
    public record Comparison(PercentileReading percentile, CountComparison.Operator operator, int tenths)
            implements Node {
        /** Returns the comparison that a call makes; null if it compares no percentile with a constant. */
        static @Nullable Comparison of(Call call) {
            CountComparison.Operator operator = CountComparison.Operator.of(call.function());
            if (operator == null) {
                return null;
            }
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            if (left instanceof Expression.Percentile percentile && right instanceof Literal constant) {
                return of(percentile, operator, constant);
            }
            return right instanceof Expression.Percentile percentile && left instanceof Literal constant
                    ? of(percentile, operator.mirrored(), constant)
                    : null;
        }

        private static Comparison of(
                Expression.Percentile percentile, CountComparison.Operator operator, Literal constant) {
            int tenths = (int) Math.round((Double) constant.value() * TENTHS);
            return new Comparison(PercentileReading.of(percentile, tenths), operator, tenths);
        }

        @Override
        public Object value(Frame frame) {
            return test(frame);
        }

        @Override
        public boolean test(Frame frame) {
            int known = percentile.tenths(frame);
            return known >= 0 && operator.test(known, tenths);
        }

        /**
         * Returns the percentiles of a population at which the values of expressions may change, in tenths of a percent,
         * ascending.
         */
        public static int[] asked(long population, Collection<Expression> expressions) {
            Set<Integer> found = new TreeSet<>();
            expressions.forEach(expression -> add(expression, population, found));
            return found.stream().mapToInt(Integer::intValue).toArray();
        }

        private static void add(Expression expression, long population, Set<Integer> found) {
            Comparison comparison = expression instanceof Call call ? of(call) : null;
            if (comparison != null) {
                if (comparison.percentile.population() == population) {
                    for (long tenths : comparison.operator.crossings(comparison.tenths)) {
                        if (tenths <= Cuts.HIGHEST) {
                            found.add((int) tenths);
                        }
                    }
                }
                return;
            }
            if (expression instanceof Expression.Percentile percentile
                    && PercentileReading.id(percentile) == population) {
                for (int tenths = 1; tenths <= Cuts.HIGHEST; tenths++) {
                    found.add(tenths);
                }
            }
            expression.children().forEach(child -> add(child, population, found));
        }
    }
}
