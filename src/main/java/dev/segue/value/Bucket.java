// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Several neighbouring elements of a long series, merged into one. A bucket has the time of its latest element and
 * leaves a window together with that element. A result for a window that cuts through a bucket is therefore the result
 * for a window longer by at most the bucket's width.
 *
 * @param count number of elements with a value
 * @param sum of their values; a condition that holds counts as 1, and what is no number as 0
 * @param min the smallest value
 * @param max the largest value
 * @param first the earliest element's value
 * @param last the latest element's value
 */
public record Bucket(long count, Millionths sum, Object min, Object max, Object first, Object last) {
    /** {@link #latestOfEach} repeats the latest value of a bucket at most this many times. */
    private static final long MOST_REPEATED = 1024;

    /** Returns whether elements with this value can be merged: all values but lists and maps. */
    public static boolean mergeable(Object value) {
        return value instanceof Comparable<?> || value instanceof Bucket;
    }

    /** Returns an element's value as a bucket of one element. */
    public static Bucket of(Object value) {
        return value instanceof Bucket bucket
                ? bucket
                : new Bucket(1, Millionths.ZERO.plus(number(value)), value, value, value, value);
    }

    /** Merges this bucket with a later one. */
    public Bucket with(Bucket later) {
        return new Bucket(
                count + later.count,
                sum.plus(later.sum),
                Values.compare(min, later.min) <= 0 ? min : later.min,
                Values.compare(max, later.max) >= 0 ? max : later.max,
                first,
                later.last);
    }

    static double number(Object value) {
        if (value instanceof Boolean holds) {
            return holds ? 1 : 0;
        }
        return Values.readable(value) instanceof Number number ? number.doubleValue() : 0;
    }

    /** Merges all buckets, oldest first. */
    public static Bucket all(List<Bucket> buckets) {
        return buckets.stream().reduce(Bucket::with).orElseThrow();
    }

    /** Returns how often its latest value stands for its elements. */
    public int repeated() {
        return (int) Math.min(count, MOST_REPEATED);
    }

    /** Returns one value per element, each the latest value of its bucket. */
    public static List<Object> latestOfEach(List<Bucket> buckets) {
        List<Object> values = new ArrayList<>();
        for (Bucket bucket : buckets) {
            for (int left = bucket.repeated(); left > 0; left--) {
                values.add(bucket.last());
            }
        }
        return values;
    }
}
