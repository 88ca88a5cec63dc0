// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several neighbouring elements of a long series as one. It stands at the time of its latest element, and so leaves a
 * window when that one does: whatever is told of a window that cuts through a bucket holds of a window that is longer by
 * at most the bucket's width.
 *
 * @param count how many elements
 * @param sum of their values; a condition that holds counts as 1
 * @param min the smallest value; null where elements have none
 * @param max the largest value; null where elements have none
 * @param first the earliest element's value; null where elements have none
 * @param last the latest element's value; null where elements have none
 */
public record Bucket(
        long count,
        Millionths sum,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable Object first,
        @Nullable Object last) {
    /** So many times at most, the latest value of a bucket counts for its elements. */
    private static final long MOST_REPEATED = 1024;

    /** Whether elements with this value can be put together: they have none, or a number, or true or false. */
    public static boolean mergeable(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof Bucket;
    }

    /** An element's value as a bucket of one. */
    public static Bucket of(@Nullable Object value) {
        if (value instanceof Bucket bucket) {
            return bucket;
        }
        Millionths sum = value == null ? Millionths.ZERO : Millionths.ZERO.plus(number(value));
        return new Bucket(1, sum, value, value, value, value);
    }

    /** This one and a later one. */
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

    /** All of them as one. */
    public static Bucket all(List<Bucket> buckets) {
        return buckets.stream().reduce(Bucket::with).orElseThrow();
    }

    /** Every element as the latest of its bucket. */
    public static List<Object> latestOfEach(List<Bucket> buckets) {
        List<Object> values = new ArrayList<>();
        for (Bucket bucket : buckets) {
            for (long left = Math.min(bucket.count(), MOST_REPEATED); left > 0; left--) {
                values.add(known(bucket.last()));
            }
        }
        return values;
    }

    /** @throws IllegalStateException where the elements have no value */
    public static Object known(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("the elements of a bucket have no value");
        }
        return value;
    }
}
