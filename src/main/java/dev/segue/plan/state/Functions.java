// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import com.google.common.base.CharMatcher;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.segue.definition.language.Operators;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** CEL's operators and functions on plain values, by CEL's names. */
public final class Functions {
    /** Builds a list literal. */
    public static final Operation LIST = List::of;

    /** Builds a map literal from all keys followed by all values. */
    public static final Operation MAP = Functions::map;

    private static final Map<String, Operation> BY_NAME = Map.ofEntries(
            Map.entry(Operators.EQUALS, a -> equal(a[0], a[1])),
            Map.entry(Operators.NOT_EQUALS, a -> !equal(a[0], a[1])),
            Map.entry(Operators.LESS, a -> ordered(a) && compare(a[0], a[1]) < 0),
            Map.entry(Operators.LESS_EQUALS, a -> ordered(a) && compare(a[0], a[1]) <= 0),
            Map.entry(Operators.GREATER, a -> ordered(a) && compare(a[0], a[1]) > 0),
            Map.entry(Operators.GREATER_EQUALS, a -> ordered(a) && compare(a[0], a[1]) >= 0),
            Map.entry(Operators.ADD, a -> add(a[0], a[1])),
            Map.entry(Operators.SUBTRACT, a -> subtract(a[0], a[1])),
            Map.entry(Operators.MULTIPLY, a -> multiply(a[0], a[1])),
            Map.entry(Operators.DIVIDE, a -> divide(a[0], a[1])),
            Map.entry(Operators.MODULO, a -> remainder((Long) a[0], (Long) a[1])),
            Map.entry(Operators.NEGATE, a -> negate(a[0])),
            Map.entry(Operators.IN, a -> in(a[0], a[1])),
            Map.entry("size", a -> size(a[0])),
            Map.entry("contains", a -> ((String) a[0]).contains((String) a[1])),
            Map.entry("startsWith", a -> ((String) a[0]).startsWith((String) a[1])),
            Map.entry("endsWith", a -> ((String) a[0]).endsWith((String) a[1])),
            Map.entry("matches", a -> matches((String) a[0], (String) a[1])),
            Map.entry("lower", a -> ((String) a[0]).toLowerCase(Locale.ROOT)),
            Map.entry("trim", a -> CharMatcher.whitespace().trimFrom((String) a[0])),
            Map.entry("int", a -> toInt(a[0])),
            Map.entry("double", a -> toDouble(a[0])),
            Map.entry("string", a -> a[0].toString()),
            Map.entry("duration", a -> a[0] instanceof Duration ? a[0] : toDuration(a[0].toString())),
            Map.entry("timestamp", a -> a[0] instanceof Instant ? a[0] : parse(a[0].toString())));

    private static final Pattern DURATION_PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s|m|h|d|w)");

    private static final Map<String, Duration> UNITS = Map.of(
            "ns",
            Duration.ofNanos(1),
            "us",
            Duration.ofNanos(1000),
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "m",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1),
            "d",
            Duration.ofDays(1),
            "w",
            Duration.ofDays(7));

    private Functions() {}

    /** Computes a value from the values of its arguments. */
    public interface Operation {
        /** @throws EvaluationException if there is no result */
        Object apply(Object[] arguments);
    }

    /** @throws IllegalArgumentException if no function has that name */
    public static Operation named(String name) {
        Operation function = BY_NAME.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function '" + name + "'");
        }
        return function;
    }

    /** Returns {@code matches} with a pattern that is compiled only once, whatever its second argument. */
    public static Operation matching(String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            return arguments -> compiled.matcher((String) arguments[0]).find();
        } catch (PatternSyntaxException broken) {
            return arguments -> matches((String) arguments[0], pattern);
        }
    }

    private static boolean equal(Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(left, right);
    }

    /** Returns false for NaN, which is neither less nor greater than any number. */
    private static boolean ordered(Object[] values) {
        return !(values[0] instanceof Double a && a.isNaN()) && !(values[1] instanceof Double b && b.isNaN());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The checker ensures that both sides have one type.
    private static int compare(Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b && a.doubleValue() == b.doubleValue()) {
            return 0;
        }
        return ((Comparable) left).compareTo(right);
    }

    private static Object add(Object left, Object right) {
        if (left instanceof Long a) {
            return exact(() -> Math.addExact(a, (Long) right));
        }
        if (left instanceof Double a) {
            return a + (Double) right;
        }
        if (left instanceof String a) {
            return a + right;
        }
        if (left instanceof List<?> a) {
            List<Object> both = new ArrayList<>(a);
            both.addAll((List<?>) right);
            return both;
        }
        if (left instanceof Instant a) {
            return exact(() -> a.plus((Duration) right));
        }
        return right instanceof Instant b
                ? exact(() -> b.plus((Duration) left))
                : exact(() -> ((Duration) left).plus((Duration) right));
    }

    private static Object subtract(Object left, Object right) {
        if (left instanceof Long a) {
            return exact(() -> Math.subtractExact(a, (Long) right));
        }
        if (left instanceof Double a) {
            return a - (Double) right;
        }
        if (left instanceof Instant a) {
            return right instanceof Instant b ? Duration.between(b, a) : exact(() -> a.minus((Duration) right));
        }
        return exact(() -> ((Duration) left).minus((Duration) right));
    }

    private static Object multiply(Object left, Object right) {
        return left instanceof Long a
                ? exact(() -> Math.multiplyExact(a, (Long) right))
                : (Object) ((Double) left * (Double) right);
    }

    private static Object divide(Object left, Object right) {
        if (left instanceof Long a) {
            long divisor = nonZero((Long) right);
            if (a == Long.MIN_VALUE && divisor == -1) {
                throw new EvaluationException("integer overflow");
            }
            return a / divisor;
        }
        return (Double) left / (Double) right;
    }

    private static Object remainder(long left, long right) {
        return left % nonZero(right);
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new EvaluationException("division by zero");
        }
        return divisor;
    }

    private static Object negate(Object value) {
        return value instanceof Long a ? exact(() -> Math.negateExact(a)) : (Object) (-(Double) value);
    }

    private static boolean in(Object element, Object container) {
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(element);
        }
        for (Object candidate : (List<?>) container) {
            if (equal(element, Values.readable(candidate))) {
                return true;
            }
        }
        return false;
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        return value instanceof Map<?, ?> map ? map.size() : ((List<?>) value).size();
    }

    private static boolean matches(String text, String pattern) {
        try {
            return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException broken) {
            throw new EvaluationException("invalid pattern '" + pattern + "'");
        }
    }

    private static Object toInt(Object value) {
        if (value instanceof Double number) {
            if (!(number > -9.2e18 && number < 9.2e18)) {
                throw new EvaluationException(number + " is not a whole number");
            }
            return (long) number.doubleValue();
        }
        if (value instanceof Instant instant) {
            return instant.getEpochSecond();
        }
        return value instanceof Long ? value : number(() -> Long.parseLong(value.toString()), value);
    }

    private static Object toDouble(Object value) {
        return value instanceof Long whole
                ? (Object) (double) whole
                : value instanceof Double ? value : number(() -> new BigDecimal(value.toString()).doubleValue(), value);
    }

    private static Object number(java.util.function.Supplier<Object> parse, Object text) {
        try {
            return parse.get();
        } catch (NumberFormatException notNumber) {
            throw new EvaluationException("'" + text + "' is not a number");
        }
    }

    private static Object parse(String text) {
        try {
            return java.time.OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notTime) {
            throw new EvaluationException("'" + text + "' is not a timestamp");
        }
    }

    /** Parses a duration as CEL writes it, and days and weeks: {@code 1h30m}, {@code -1.5s}, {@code 180d}. */
    private static Object toDuration(String text) {
        boolean negative = text.startsWith("-");
        Matcher part = DURATION_PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = negative ? 1 : 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            BigDecimal unit = BigDecimal.valueOf(
                    Objects.requireNonNull(UNITS.get(part.group(2))).toNanos());
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        boolean tooLong = nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0;
        if (end < text.length() || text.length() < 2 || tooLong) {
            throw new EvaluationException("'" + text + "' is not a duration");
        }
        return Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue());
    }

    private static Object exact(java.util.function.Supplier<Object> operation) {
        try {
            return operation.get();
        } catch (ArithmeticException | DateTimeException overflow) {
            throw new EvaluationException("overflow");
        }
    }

    private static Object map(Object[] values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        int size = values.length / 2;
        for (int index = 0; index < size; index++) {
            if (map.put(values[index], values[size + index]) != null) {
                throw new EvaluationException("the key '" + values[index] + "' is defined twice");
            }
        }
        return map;
    }
}
