// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exact sum of numbers, each rounded half-even to six decimals: the result does not depend on the order, and two
 * sums can be merged. Money and quantities of orders use the same arithmetic: a price times a quantity is the exact
 * product of both, rounded half-even to six decimals.
 *
 * @param units the sum in millionths
 * @param approximate true once a number or the sum exceeded ±9·10¹² and was clamped to that limit
 */
public record Millionths(long units, boolean approximate) {
    /** The number 1, in millionths. */
    public static final long ONE = 1_000_000;

    public static final Millionths ZERO = new Millionths(0, false);

    /** ±9·10¹² in millionths. */
    private static final long LIMIT = 9_000_000_000_000_000_000L;

    private static final BigDecimal BIG_LIMIT = BigDecimal.valueOf(LIMIT);

    /** Whole numbers up to 2^53 are exact doubles, so the quotient of two is rounded only once. */
    private static final long EXACT = 1L << 53;

    /**
     * With this many digits, no quotient of two 63-bit numbers looks like a tie between two doubles unless it is one.
     */
    private static final MathContext BEYOND_TIES = new MathContext(100);

    /** Below this the product with 10⁶ is off by less than 0.001, so rounding it can go wrong only near halves. */
    private static final double FAST = 4e6;

    /** Returns the exact sum of numbers. */
    public static Millionths sum(List<?> numbers) {
        Millionths sum = ZERO;
        for (Object number : numbers) {
            sum = sum.plus(((Number) number).doubleValue());
        }
        return sum;
    }

    /** Returns the whole part of the sum. */
    public long whole() {
        return units / 1_000_000;
    }

    /** Converts a number; an unset number is 0. */
    public static Millionths of(@Nullable Object number) {
        if (number instanceof BigDecimal decimal) {
            return of(decimal);
        }
        return number instanceof Number other ? ZERO.plus(other.doubleValue()) : ZERO;
    }

    /** Converts a quantity to millionths; 0 if it is unset, not above 0, or not a countable number. */
    public static long ofQuantity(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? Math.max(0, of(number).units())
                : 0;
    }

    private static Millionths of(BigDecimal exact) {
        BigDecimal units = exact.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
        return units.abs().compareTo(BIG_LIMIT) > 0
                ? new Millionths(units.signum() * LIMIT, true)
                : new Millionths(units.longValueExact(), false);
    }

    /** @throws EvaluationException when the number is not finite: NaN and infinity never enter state */
    public Millionths plus(double number) {
        if (!Double.isFinite(number)) {
            throw new EvaluationException(number + " cannot be summed");
        }
        if (Math.abs(number) > 9e12) {
            return bounded(number > 0 ? LIMIT : -LIMIT, true);
        }
        return bounded(round(number), approximate);
    }

    /** Returns the sum of both. */
    public Millionths plus(Millionths other) {
        return bounded(other.units, other.approximate);
    }

    /** Returns this minus the other. */
    public Millionths minus(Millionths other) {
        return bounded(-other.units, other.approximate);
    }

    /** @param quantity in millionths */
    public Millionths times(long quantity) {
        Millionths product = of(BigDecimal.valueOf(units, 6).multiply(BigDecimal.valueOf(quantity, 6)));
        return approximate ? new Millionths(product.units, true) : product;
    }

    /** Returns the double nearest to the exact sum divided by a count above 0. */
    public double dividedBy(long count) {
        if (Math.abs(units) <= EXACT && count <= EXACT / 1_000_000) {
            return units / (count * 1e6);
        }
        BigDecimal divisor = BigDecimal.valueOf(count).movePointRight(6);
        return BigDecimal.valueOf(units).divide(divisor, BEYOND_TIES).doubleValue();
    }

    private Millionths bounded(long addend, boolean inexact) {
        long sum = units + addend;
        boolean overflow = ((units ^ sum) & (addend ^ sum)) < 0;
        if (overflow || sum > LIMIT || sum < -LIMIT) {
            return new Millionths(addend > 0 ? LIMIT : -LIMIT, true);
        }
        return new Millionths(sum, inexact || approximate);
    }

    public double toDouble() {
        return toDouble(units);
    }

    /** Returns the double nearest to this many millionths. */
    public static double toDouble(long units) {
        // Both are exact doubles, so the division is rounded once.
        return Math.abs(units) <= EXACT
                ? units / 1e6
                : BigDecimal.valueOf(units, 6).doubleValue();
    }

    /** Rounds the exact binary value half-even to six decimals. */
    static long round(double number) {
        double scaled = number * 1e6;
        if (Math.abs(number) < FAST) {
            double nearest = Math.rint(scaled);
            if (Math.abs(Math.abs(scaled - nearest) - 0.5) > 1e-3) {
                return (long) nearest;
            }
        }
        return new BigDecimal(number)
                .setScale(6, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact();
    }
}
