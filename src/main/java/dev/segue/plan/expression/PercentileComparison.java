// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.plan.population.Cuts;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A percentile compared with a constant; false for a customer without a percentile.
 *
 * @param tenths the constant, in tenths of a percent
 */
public record PercentileComparison(PercentileReading percentile, CountComparison.Operator operator, int tenths)
        implements Node {
    private static final double TENTHS = 10;

    /** Returns the comparison that a call makes; null if it compares no percentile with a constant. */
    static @Nullable PercentileComparison of(Call call) {
        CountComparison.Operator operator = ExpressionCompiler.COMPARISONS.get(call.function());
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

    private static PercentileComparison of(
            Expression.Percentile percentile, CountComparison.Operator operator, Literal constant) {
        int tenths = (int) Math.round((Double) constant.value() * TENTHS);
        return new PercentileComparison(PercentileReading.of(percentile, tenths), operator, tenths);
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
        PercentileComparison comparison = expression instanceof Call call ? of(call) : null;
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
        if (expression instanceof Expression.Percentile percentile && PercentileReading.id(percentile) == population) {
            for (int tenths = 1; tenths <= Cuts.HIGHEST; tenths++) {
                found.add(tenths);
            }
        }
        expression.children().forEach(child -> add(child, population, found));
    }
}
