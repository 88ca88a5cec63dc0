// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several neighbouring elements of a long series, merged into one. A bucket has the time of its latest element and
 * leaves a window together with that element. A result for a window that cuts through a bucket is therefore the result
 * for a window longer by at most the bucket's width.
 *
 * @param count number of elements
 * @param sum of their values; a condition that holds counts as 1
 * @param min the smallest value; null if the elements have no values
 * @param max the largest value; null if the elements have no values
 * @param first the earliest element's value; null if the elements have no values
 * @param last the latest element's value; null if the elements have no values
 */
public record Bucket(
        long count,
        Millionths sum,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable Object first,
        @Nullable Object last) {
    /** {@link #latestOfEach} repeats the latest value of a bucket at most this many times. */
    private static final long MOST_REPEATED = 1024;

    /** Returns whether elements with this value can be merged: the value is absent, a number or a boolean. */
    public static boolean mergeable(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof Bucket;
    }

    /** Returns an element's value as a bucket of one element. */
    public static Bucket of(@Nullable Object value) {
        if (value instanceof Bucket bucket) {
            return bucket;
        }
        Millionths sum = value == null ? Millionths.ZERO : Millionths.ZERO.plus(number(value));
        return new Bucket(1, sum, value, value, value, value);
    }

    /** Merges this bucket with a later one. */
    public Bucket with(Bucket later) {
        return new Bucket(
                count + later.count,
                sum.plus(later.sum),
                min == null || later.min == null || Values.compare(min, later.min) <= 0 ? min : later.min,
                max == null || later.max == null || Values.compare(max, later.max) >= 0 ? max : later.max,
                first,
                later.last);
    }

    static double number(Object value) {
        return value instanceof Boolean holds ? (holds ? 1 : 0) : ((Number) Values.readable(value)).doubleValue();
    }

    /** Merges all buckets, oldest first. */
    public static Bucket all(List<Bucket> buckets) {
        return buckets.stream().reduce(Bucket::with).orElseThrow();
    }

    /** Returns one value per element, each the latest value of its bucket. */
    public static List<Object> latestOfEach(List<Bucket> buckets) {
        List<Object> values = new ArrayList<>();
        for (Bucket bucket : buckets) {
            for (long left = Math.min(bucket.count(), MOST_REPEATED); left > 0; left--) {
                values.add(known(bucket.last()));
            }
        }
        return values;
    }

    /** @throws IllegalStateException if the elements have no value */
    public static Object known(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("the elements of a bucket have no value");
        }
        return value;
    }
}
