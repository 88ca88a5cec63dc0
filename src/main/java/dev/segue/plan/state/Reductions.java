package dev.segue.plan.state;

import dev.segue.definition.language.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@link Reduction} means on a list of values, oldest first. */
public final class Reductions {
    private Reductions() {}

    /** @param zero what latest() of nothing gives */
    public static Object reduce(Reduction reduction, List<?> values, Object zero) {
        return switch (reduction) {
            case COUNT -> (long) values.size();
            case EXISTS -> !values.isEmpty();
            case ALL -> values.stream().allMatch(value -> (Boolean) value);
            case SHARE ->
                values.isEmpty()
                        ? 0.0
                        : (double) values.stream()
                                        .filter(value -> (Boolean) value)
                                        .count()
                                / values.size();
            case SUM -> sum(values, zero);
            case AVG -> values.isEmpty() ? 0.0 : exactSum(values).dividedBy(values.size());
            case MIN -> values.isEmpty() ? zero : Collections.min(readable(values), Values::compare);
            case MAX -> values.isEmpty() ? zero : Collections.max(readable(values), Values::compare);
            case MEDIAN -> values.isEmpty() ? 0.0 : median(values);
            case MOST -> most(values, zero);
            case DISTINCT -> distinct(values);
            case DISTINCT_COUNT -> (long) distinct(values).size();
            case LATEST -> values.isEmpty() ? zero : Values.readable(values.get(values.size() - 1));
            case FIRST -> values.isEmpty() ? zero : Values.readable(values.get(0));
            case LIST -> readable(values);
            case OVERDUE -> throw new IllegalStateException("overdue looks at times, not at values");
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
        return exactSum(values).toDouble();
    }

    private static Millionths exactSum(List<?> values) {
        Millionths sum = Millionths.ZERO;
        for (Object value : readable(values)) {
            sum = sum.plus(((Number) value).doubleValue());
        }
        return sum;
    }

    private static List<Object> readable(List<?> values) {
        List<Object> readable = new ArrayList<>(values.size());
        values.forEach(value -> readable.add(Values.readable(value)));
        return readable;
    }

    /** The middle value; of an even number, the mean of the middle two. */
    private static double median(List<?> values) {
        double[] sorted = readable(values).stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Object most(List<?> values, Object zero) {
        Tally tally = new Tally();
        values.forEach(value -> tally.add(value, 1));
        return tally.most(zero);
    }

    /** Each value once, in the order of its latest occurrence: the order that can be kept without keeping repetitions. */
    private static List<Object> distinct(List<?> values) {
        Set<Object> latestFirst = new LinkedHashSet<>();
        for (int index = values.size() - 1; index >= 0; index--) {
            latestFirst.add(Values.unsigned(Values.readable(values.get(index))));
        }
        List<Object> oldestFirst = new ArrayList<>(latestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }
}
