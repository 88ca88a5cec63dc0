// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * The time at which the next element of a stream is due: the latest element plus a factor times the median gap, rounded
 * down to the millisecond. Fewer than three elements have no rhythm.
 *
 * @param dueAt milliseconds since the epoch, or {@link CustomerState#NEVER}
 */
public record Rhythm(long dueAt) {
    /** Below this, a product of two doubles is off by less than 0.001, so rounding it is wrong only near whole numbers. */
    private static final double FAST = 4e12;

    public static Rhythm of(List<Timed> elements, double factor) {
        if (elements.size() < 3) {
            return new Rhythm(CustomerState.NEVER);
        }
        long[] times = new long[elements.size()];
        for (int index = 0; index < times.length; index++) {
            times[index] = elements.get(index).time();
        }
        return of(times, factor);
    }

    /** @param times ascending */
    public static Rhythm of(long[] times, double factor) {
        if (times.length < 3) {
            return new Rhythm(CustomerState.NEVER);
        }
        long[] gaps = new long[times.length - 1];
        for (int index = 0; index < gaps.length; index++) {
            gaps[index] = times[index + 1] - times[index];
        }
        Arrays.sort(gaps);
        int middle = gaps.length / 2;
        double median = gaps.length % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2.0;
        return new Rhythm(times[times.length - 1] + product(factor, median));
    }

    /**
     * Returns the product, rounded down, in decimals, as the factor is written: as doubles, 1.4 times a day is a little
     * less than 33.6 hours.
     */
    private static long product(double factor, double median) {
        double near = factor * median;
        double down = Math.floor(near);
        if (Math.abs(near) < FAST && near - down > 1e-3 && near - down < 1 - 1e-3) {
            return (long) down;
        }
        BigDecimal exact = BigDecimal.valueOf(factor).multiply(BigDecimal.valueOf(median));
        return exact.setScale(0, RoundingMode.FLOOR).longValue();
    }

    public boolean isOverdue(long now) {
        return dueAt != CustomerState.NEVER && now >= dueAt;
    }

    /** Returns the instant after now at which it becomes overdue. */
    public long next(long now) {
        return dueAt > now ? dueAt : CustomerState.NEVER;
    }
}
