// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.EvaluationException;
import dev.segue.value.Millionths;
import java.util.List;

/** {@code sum()}: the exact sum of numbers; a whole number if all values are. 0 if there are no values. */
final class Sum extends Reduction {
    Sum() {
        super("sum");
    }

    @Override
    public List<Signature> signatures() {
        return Signature.NUMBER;
    }

    @Override
    public boolean fromTotal() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return zero instanceof Long
                ? (Object) whole(values)
                : (Object) Millionths.sum(values).toDouble();
    }

    private static long whole(List<?> values) {
        long sum = 0;
        try {
            for (Object value : values) {
                sum = Math.addExact(sum, (Long) value);
            }
        } catch (ArithmeticException overflow) {
            throw new EvaluationException("integer overflow");
        }
        return sum;
    }

    @Override
    public Object ofTotal(long count, Millionths sum, Object zero) {
        return zero instanceof Long ? (Object) sum.whole() : (Object) sum.toDouble();
    }
}
