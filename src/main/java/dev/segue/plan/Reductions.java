package dev.segue.plan;

import dev.segue.definition.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@link Reduction} means on a list of values, oldest first. */
final class Reductions {
    private Reductions() {}

    /** @param zero what latest() of nothing gives */
    static Object reduce(Reduction reduction, List<?> values, Object zero) {
        return switch (reduction) {
            case COUNT -> (long) values.size();
            case EXISTS -> !values.isEmpty();
            case SUM -> sum(values, zero);
            case DISTINCT -> distinct(values);
            case DISTINCT_COUNT -> (long) distinct(values).size();
            case LATEST -> values.isEmpty() ? zero : FieldValue.readable(values.get(values.size() - 1));
            case LIST -> values;
        };
    }

    /** Whole numbers add up to a whole number; others exactly, in millionths. */
    private static Object sum(List<?> values, Object zero) {
        if (zero instanceof Long) {
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
        Millionths sum = Millionths.ZERO;
        for (Object value : values) {
            sum = sum.plus((Double) FieldValue.readable(value));
        }
        return sum.toDouble();
    }

    /** Each value once, in the order of its latest occurrence: the order that can be kept without keeping repetitions. */
    private static List<Object> distinct(List<?> values) {
        Set<Object> latestFirst = new LinkedHashSet<>();
        for (int index = values.size() - 1; index >= 0; index--) {
            latestFirst.add(FieldValue.readable(values.get(index)));
        }
        List<Object> oldestFirst = new ArrayList<>(latestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }
}
