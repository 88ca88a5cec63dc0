// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The customers of one population by the bucket of their value. Exact: whoever is taken out again leaves no trace. Not
 * safe for several threads.
 */
public final class Histogram {
    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long customers;

    /** Counts a customer in another bucket. */
    public void count(BucketChange change) {
        if (change.from() != ValueBuckets.NONE) {
            add(change.from(), -1);
        }
        if (change.to() != ValueBuckets.NONE) {
            add(change.to(), 1);
        }
    }

    /** @param more negative to take customers out */
    public void add(int bucket, long more) {
        customers += more;
        counts.merge(bucket, more, (known, added) -> known + added == 0 ? null : known + added);
    }

    /** Returns the number of customers. */
    public long customers() {
        return customers;
    }

    /**
     * Returns where the percentiles are now.
     *
     * @param minimum with fewer customers, nobody has a percentile
     * @param at milliseconds since the epoch
     */
    public Cuts cuts(long population, int minimum, long at) {
        return new Cuts(population, at, customers, customers < minimum ? null : lowest());
    }

    /** A percentile begins right above the bucket with which enough customers are lower. */
    private int[] lowest() {
        int[] lowest = new int[Cuts.HIGHEST + 1];
        Arrays.fill(lowest, ValueBuckets.NONE);
        long lower = 0;
        int tenths = 1;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            lower += bucket.getValue();
            while (tenths <= Cuts.HIGHEST && Cuts.HIGHEST * lower >= tenths * customers) {
                lowest[tenths] = bucket.getKey() + 1;
                tenths++;
            }
        }
        return lowest;
    }
}
