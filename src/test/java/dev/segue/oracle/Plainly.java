// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The language's functions on whole lists, implemented as literally as possible. */
final class Plainly {
    private Plainly() {}

    private static long time(Object element) {
        return ((Element) element).time();
    }

    private static long ago(Object duration, Object now) {
        return ((Instant) now).toEpochMilli() - Instants.millis((String) duration);
    }

    static List<?> within(List<?> stream, Object duration, Object now) {
        return later(stream, ago(duration, now));
    }

    private static List<?> later(List<?> stream, long time) {
        return stream.stream().filter(element -> time(element) > time).toList();
    }

    static List<?> before(List<?> stream, Object duration, Object now) {
        long time = ago(duration, now);
        return stream.stream().filter(element -> time(element) <= time).toList();
    }

    static List<?> after(List<?> stream, List<?> other) {
        return other.isEmpty() ? stream : later(stream, time(other.get(other.size() - 1)));
    }

    static List<?> follows(List<?> stream, List<?> other, Object duration) {
        long most = Instants.millis((String) duration);
        return stream.stream()
                .filter(element -> other.stream()
                        .anyMatch(earlier -> precedes(earlier, element) && time(element) - time(earlier) <= most))
                .toList();
    }

    static List<?> unanswered(List<?> stream, List<?> other, Object duration, Object now) {
        long wait = Instants.millis((String) duration);
        return before(stream, duration, now).stream()
                .filter(element -> other.stream()
                        .noneMatch(answer -> precedes(element, answer) && time(answer) < time(element) + wait))
                .toList();
    }

    private static boolean precedes(Object element, Object other) {
        return ((Element) element).precedes((Element) other);
    }

    static List<?> last(List<?> stream, long count) {
        return stream.subList((int) Math.max(0, stream.size() - count), stream.size());
    }

    static Object latest(List<?> values, Object zeros, Object number) {
        return values.isEmpty() ? ((Map<?, ?>) zeros).get(number) : values.get(values.size() - 1);
    }

    static Object first(List<?> values, Object zeros, Object number) {
        return values.isEmpty() ? ((Map<?, ?>) zeros).get(number) : values.get(0);
    }

    /** Each value once, in the order of its latest occurrence. */
    static List<Object> distinct(List<?> values) {
        List<Object> distinct = new ArrayList<>();
        for (Object value : values) {
            distinct.removeIf(known -> same(known, value));
            distinct.add(unsigned(value));
        }
        return distinct;
    }

    /** 0.0 and -0.0 are one value. */
    private static Object unsigned(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }

    private static boolean same(Object left, Object right) {
        return (left instanceof Double a && right instanceof Double b)
                ? a.doubleValue() == b.doubleValue()
                : left.equals(right);
    }

    static double share(List<?> conditions) {
        double holding = conditions.stream().filter(Boolean.TRUE::equals).count();
        return conditions.isEmpty() ? 0.0 : holding / conditions.size();
    }

    /** One stream per key, in the order of each key's first element. */
    static List<List<Object>> groups(List<?> stream, List<?> keys) {
        List<Object> known = new ArrayList<>();
        List<List<Object>> groups = new ArrayList<>();
        for (int index = 0; index < stream.size(); index++) {
            Object key = keys.get(index);
            int group = 0;
            while (group < known.size() && !same(known.get(group), key)) {
                group++;
            }
            if (group == known.size()) {
                known.add(key);
                groups.add(new ArrayList<>());
            }
            groups.get(group).add(stream.get(index));
        }
        return groups;
    }

    /** Each number rounded half-even to six decimals, then added exactly. */
    static double sum(List<?> values) {
        return exactSum(values).doubleValue();
    }

    private static BigDecimal exactSum(List<?> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            sum = sum.add(new BigDecimal(((Number) value).doubleValue()).setScale(6, RoundingMode.HALF_EVEN));
        }
        return sum;
    }

    static long sumOfInts(List<?> values) {
        long sum = 0;
        for (Object value : values) {
            sum = Math.addExact(sum, (Long) value);
        }
        return sum;
    }

    /** The double nearest to the exact sum divided by the count; 0 for an empty list. */
    static double average(List<?> values) {
        BigDecimal count = BigDecimal.valueOf(Math.max(1, values.size()));
        return exactSum(values).divide(count, new MathContext(200)).doubleValue();
    }

    static double median(List<?> values) {
        double[] sorted = values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return 0.0;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // All values are of one type.
    private static int compare(Object left, Object right) {
        return ((Comparable) left).compareTo(right);
    }

    static Object least(List<?> values, Object none) {
        Object least = values.isEmpty() ? none : values.get(0);
        for (Object value : values) {
            least = compare(value, least) < 0 ? value : least;
        }
        return least;
    }

    static Object greatest(List<?> values, Object none) {
        Object greatest = values.isEmpty() ? none : values.get(0);
        for (Object value : values) {
            greatest = compare(value, greatest) > 0 ? value : greatest;
        }
        return greatest;
    }

    /** Value, count and share of the most frequent value, the smallest on a tie; empty for an empty list. */
    static Map<String, Object> most(List<?> values) {
        Object best = null;
        long most = 0;
        for (Object value : values) {
            long count = values.stream().filter(other -> same(other, value)).count();
            if (best == null || count > most || (count == most && compare(value, best) < 0)) {
                best = value;
                most = count;
            }
        }
        return best == null
                ? Map.of()
                : Map.of("value", unsigned(best), "count", most, "share", (double) most / values.size());
    }

    /** Three or more elements and now at or after the latest plus the factor times the median gap. */
    static boolean overdue(List<?> stream, double factor, Instant now, LongConsumer due) {
        if (stream.size() < 3) {
            return false;
        }
        double[] gaps = new double[stream.size() - 1];
        for (int index = 0; index < gaps.length; index++) {
            gaps[index] = time(stream.get(index + 1)) - time(stream.get(index));
        }
        Arrays.sort(gaps);
        int half = gaps.length / 2;
        double median = gaps.length % 2 == 1 ? gaps[half] : (gaps[half - 1] + gaps[half]) / 2;
        // In decimals, as a person computes it: 1.4 times a day is 33.6 hours.
        long wait = new BigDecimal(Double.toString(factor))
                .multiply(new BigDecimal(Double.toString(median)))
                .toBigInteger()
                .longValue();
        long instant = time(stream.get(stream.size() - 1)) + wait;
        due.accept(instant);
        return now.toEpochMilli() >= instant;
    }

    /** Arguments: date, days before, now, zone. */
    static boolean upcoming(Object[] a) {
        LocalDate date = date((String) a[0]);
        return date != null && isNear(date, a);
    }

    static boolean yearly(Object[] a) {
        MonthDay day = monthDay((String) a[0]);
        int year = today(a).getYear();
        return day != null && (isNear(day.atYear(year), a) || isNear(day.atYear(year + 1), a));
    }

    private static boolean isNear(LocalDate date, Object[] a) {
        LocalDate from = date.minusDays(Instants.millis((String) a[1]) / 86_400_000);
        return !today(a).isBefore(from) && !today(a).isAfter(date);
    }

    private static LocalDate today(Object[] a) {
        return LocalDate.ofInstant((Instant) a[2], ZoneId.of((String) a[3]));
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static @Nullable MonthDay monthDay(String text) {
        try {
            return text.length() == 5 ? MonthDay.parse("--" + text) : MonthDay.from(LocalDate.parse(text));
        } catch (DateTimeException impossible) {
            return null;
        }
    }
}
