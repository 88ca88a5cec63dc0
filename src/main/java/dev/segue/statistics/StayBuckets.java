// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

/**
 * Divides durations into buckets, 16 for each doubling, so that a bucket is at most a sixteenth as wide as its durations
 * are long. Below 16 ms, each duration has a bucket. Uses whole numbers only, so that every machine divides alike.
 */
public final class StayBuckets {
    private static final int BITS = 4;
    private static final int EACH = 1 << BITS;

    private StayBuckets() {}

    /** @param millis a negative duration counts as 0 */
    public static int of(long millis) {
        long length = Math.max(0, millis);
        if (length < EACH) {
            return (int) length;
        }
        int shift = 63 - Long.numberOfLeadingZeros(length) - BITS;
        return (shift + 1) * EACH + (int) (length >>> shift) - EACH;
    }

    /** Returns the longest duration of a bucket, in milliseconds. */
    public static long last(int bucket) {
        return bucket < EACH ? bucket : first(bucket) + (1L << (bucket / EACH - 1)) - 1;
    }

    /** Returns the duration in the middle of a bucket, which differs from all of them by at most 3.2 %. */
    public static long middle(int bucket) {
        return bucket < EACH ? bucket : first(bucket) + (1L << (bucket / EACH - 1)) / 2;
    }

    private static long first(int bucket) {
        return (long) (EACH + bucket % EACH) << (bucket / EACH - 1);
    }
}
