package dev.segue.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact sum of numbers, each rounded half-even to six decimals: the result depends on no order and two sums merge.
 *
 * @param units the sum in millionths
 * @param approximate true once a number or the sum was beyond ±9·10¹², where it is held at that limit
 */
public record Millionths(long units, boolean approximate) {
    public static final Millionths ZERO = new Millionths(0, false);

    /** ±9·10¹² in millionths. */
    private static final long LIMIT = 9_000_000_000_000_000_000L;

    /** Below this the product with 10⁶ is off by less than 0.001: only near halves can rounding it go wrong. */
    private static final double FAST = 4e6;

    /** @throws EvaluationException when the number is not finite: NaN and infinity never enter state */
    Millionths plus(double number) {
        if (!Double.isFinite(number)) {
            throw new EvaluationException(number + " cannot be added up");
        }
        if (Math.abs(number) > 9e12) {
            return bounded(number > 0 ? LIMIT : -LIMIT, true);
        }
        return bounded(round(number), approximate);
    }

    /** The sum of both. */
    Millionths plus(Millionths other) {
        return bounded(other.units, other.approximate);
    }

    private Millionths bounded(long addend, boolean inexact) {
        long sum = units + addend;
        boolean overflow = ((units ^ sum) & (addend ^ sum)) < 0;
        if (overflow || sum > LIMIT || sum < -LIMIT) {
            return new Millionths(addend > 0 ? LIMIT : -LIMIT, true);
        }
        return new Millionths(sum, inexact || approximate);
    }

    double toDouble() {
        return toDouble(units);
    }

    /** The double nearest to this many millionths. */
    static double toDouble(long units) {
        // Both are exact doubles up to 2^53, so the division is rounded once.
        return Math.abs(units) <= 1L << 53
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
