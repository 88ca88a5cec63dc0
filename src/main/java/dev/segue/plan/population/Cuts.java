// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the percentiles of a population were at an instant. A customer's percentile is 100 times the customers with a
 * lower value by the customers of the population, rounded down to a tenth; equal values have the same percentile.
 *
 * @param population the population's id
 * @param at milliseconds since the epoch
 * @param customers the customers of the population
 * @param lowest the lowest bucket of each tenth of a percent, from 0 to {@value #HIGHEST}, ascending; null if the
 *     population has too few customers, so that nobody has a percentile
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString regard the elements.
public record Cuts(long population, long at, long customers, int @Nullable [] lowest) {
    /** A hundred percent, in tenths. */
    public static final int HIGHEST = 1000;

    /** The place of a customer without a percentile. */
    public static final int NOWHERE = 0;

    /** The place of a customer of whom nothing can be said before the population's first cuts. */
    public static final int AWAITING = 1;

    private static final int FIRST = 2;

    /** Returns the percentile of a bucket in tenths of a percent, 0 to {@value #HIGHEST}; -1 if there is none. */
    public int tenths(int bucket) {
        return lowest == null || bucket == ValueBuckets.NONE ? -1 : reached(lowest, bucket);
    }

    /** Returns the lowest bucket of a percentile, or null if there is none. */
    public @Nullable Integer lowest(int tenths) {
        return lowest == null ? null : lowest[tenths];
    }

    /**
     * Returns which of some percentiles a bucket has reached, so that customers need not be evaluated for others.
     *
     * @param asked in tenths of a percent, ascending
     * @return their number and {@value #FIRST}; {@link #NOWHERE} if the bucket has no percentile
     */
    public int place(int bucket, int[] asked) {
        int tenths = tenths(bucket);
        if (tenths < 0) {
            return NOWHERE;
        }
        int found = Arrays.binarySearch(asked, tenths);
        return FIRST + (found >= 0 ? found + 1 : -1 - found);
    }

    /** Returns whether some percentiles begin where they do in other cuts of the population. */
    public boolean agreesWith(Cuts other, int[] asked) {
        if (lowest == null || other.lowest == null) {
            return lowest == other.lowest;
        }
        for (int tenths : asked) {
            if (lowest[tenths] != other.lowest[tenths]) {
                return false;
            }
        }
        return true;
    }

    private static int reached(int[] lowest, int bucket) {
        int from = 0;
        int to = HIGHEST;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (lowest[middle] <= bucket) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cuts cuts
                && population == cuts.population
                && at == cuts.at
                && customers == cuts.customers
                && Arrays.equals(lowest, cuts.lowest);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(population * 31 + at);
    }

    @Override
    public String toString() {
        return "cuts of " + Long.toHexString(population) + " at " + at + " among " + customers
                + (lowest == null ? ", too few" : "");
    }
}
