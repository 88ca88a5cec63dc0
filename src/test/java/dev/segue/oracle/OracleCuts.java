// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of all customers of each population at the instants at which they were counted. */
final class OracleCuts {
    private static final BigDecimal STEP = new BigDecimal("1.005");
    private static final MathContext DIGITS = new MathContext(60);
    private static final long EXACT = 1024;
    private static final long HOUR = 3_600_000;
    /** Above the number of steps to the least number. */
    private static final long MIDDLE = 1_000_000;

    private final Map<Population, List<Cut>> cuts = new HashMap<>();

    /**
     * Whose values are compared.
     *
     * @param value canonical text
     * @param among null for all customers whose value is not zero
     */
    record Population(String value, @Nullable String among, int minimum) {}

    /**
     * One population at an instant.
     *
     * @param at milliseconds since the epoch
     * @param buckets one for each customer
     */
    record Cut(long at, List<Long> buckets) {
        /** The tenths of a percent of the customers below a bucket, rounded down. */
        int tenths(long bucket) {
            long lower = buckets.stream().filter(other -> other < bucket).count();
            return (int) (1000 * lower / buckets.size());
        }
    }

    /** Adds a cut, unless a later one is known. */
    void add(Population population, Cut cut) {
        List<Cut> known = cuts.computeIfAbsent(population, absent -> new ArrayList<>());
        if (known.isEmpty() || known.get(known.size() - 1).at() < cut.at()) {
            known.add(cut);
        }
    }

    /** The latest cut at an instant; null if there is none. */
    @Nullable
    Cut at(Population population, Instant now) {
        Cut latest = null;
        for (Cut cut : cuts.getOrDefault(population, List.of())) {
            if (cut.at() <= now.toEpochMilli()) {
                latest = cut;
            }
        }
        return latest;
    }

    /** The bucket of a value among all customers; null for a value that is zero, infinite or not a number. */
    static @Nullable Long counted(@Nullable Object value, boolean zeros) {
        if (value == null
                || (!zeros && isZero(value))
                || (value instanceof Double number && !Double.isFinite(number))) {
            return null;
        }
        return bucket(value);
    }

    private static boolean isZero(Object value) {
        return value instanceof Number number
                ? number.doubleValue() == 0
                : value.equals(Instant.EPOCH) || value.equals(Duration.ZERO);
    }

    private static long bucket(Object value) {
        if (value instanceof Double number) {
            return number == 0 ? 0 : (number < 0 ? -1 : 1) * (MIDDLE + steps(Math.abs(number)));
        }
        if (value instanceof Instant time) {
            return Math.floorDiv(time.toEpochMilli(), HOUR);
        }
        long whole = value instanceof Duration length ? length.toMillis() : (Long) value;
        double size = Math.abs((double) whole);
        return size < EXACT ? whole : (whole < 0 ? -1 : 1) * (EXACT + steps(size / EXACT));
    }

    /** The greatest number of steps of half a percent from one to a number, or below it. */
    private static long steps(double number) {
        BigDecimal exact = new BigDecimal(number);
        int steps = (int) Math.floor(Math.log(number) / Math.log(1.005));
        while (STEP.pow(steps, DIGITS).compareTo(exact) > 0) {
            steps--;
        }
        while (STEP.pow(steps + 1, DIGITS).compareTo(exact) <= 0) {
            steps++;
        }
        return steps;
    }
}
