// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import java.util.Arrays;

/**
 * The customers of one population by the bucket of their value. Exact: whoever is taken out again leaves no trace. Not
 * safe for several threads.
 */
public final class Histogram {
    private static final int FIRST_CAPACITY = 16;

    /** The buckets that have customers, ascending, and how many: arrays, because cuts are made by walking along them. */
    private int[] buckets = new int[FIRST_CAPACITY];

    private long[] counts = new long[FIRST_CAPACITY];
    private int size;
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
        int index = Arrays.binarySearch(buckets, 0, size, bucket);
        if (index < 0) {
            index = -1 - index;
            insert(index, bucket);
        }
        counts[index] += more;
        if (counts[index] == 0) {
            remove(index);
        }
    }

    private void insert(int index, int bucket) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(buckets, index, buckets, index + 1, size - index);
        System.arraycopy(counts, index, counts, index + 1, size - index);
        buckets[index] = bucket;
        counts[index] = 0;
        size++;
    }

    private void remove(int index) {
        size--;
        System.arraycopy(buckets, index + 1, buckets, index, size - index);
        System.arraycopy(counts, index + 1, counts, index, size - index);
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
        for (int index = 0; index < size; index++) {
            lower += counts[index];
            while (tenths <= Cuts.HIGHEST && Cuts.HIGHEST * lower >= tenths * customers) {
                lowest[tenths] = buckets[index] + 1;
                tenths++;
            }
        }
        return lowest;
    }
}
