// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts of one subject. They add up to the same whatever the order. Not safe for several threads. */
public final class WindowCounts {
    private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);
    private final SortedMap<Integer, Long> stays = new TreeMap<>();

    public void add(Measure measure, long more) {
        add(counts, measure, more);
    }

    private static <K> void add(Map<K, Long> counts, K key, long more) {
        long before = counts.getOrDefault(key, 0L);
        long sum = before + more;
        if (((before ^ sum) & (more ^ sum)) < 0) {
            // Only absurd quantities add up to so much. A sum that stays at the limit is wrong, but not negative.
            sum = more > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (sum == 0) {
            counts.remove(key);
        } else {
            counts.put(key, sum);
        }
    }

    /** Counts how long a customer was a member. */
    public void addStay(long millis) {
        addStays(StayBuckets.of(millis), 1);
    }

    public void addStays(int bucket, long more) {
        add(stays, bucket, more);
    }

    /** Adds those counts of others that belong into windows of a size. */
    public void add(WindowCounts others, WindowSize size) {
        add(others, measure -> measure.countsIn(size));
    }

    /** Adds all counts of others. */
    public void add(WindowCounts others) {
        add(others, measure -> true);
    }

    private void add(WindowCounts others, Predicate<Measure> wanted) {
        others.counts.forEach((measure, count) -> {
            if (wanted.test(measure)) {
                add(measure, count);
            }
        });
        others.stays.forEach(this::addStays);
    }

    /** Returns a count; of a quantity, in millionths. */
    public long get(Measure measure) {
        return counts.getOrDefault(measure, 0L);
    }

    /** Returns a count as users see it; of a quantity, in units with six decimals. */
    public BigDecimal shown(Measure measure) {
        return BigDecimal.valueOf(get(measure), measure.isQuantity() ? 6 : 0);
    }

    public boolean isEmpty() {
        return counts.isEmpty() && stays.isEmpty();
    }

    /** Counts other than 0. */
    public Map<Measure, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** How many stays are in each of the {@link StayBuckets}. */
    public SortedMap<Integer, Long> stays() {
        return Collections.unmodifiableSortedMap(stays);
    }

    /** Returns the median of the stays, in milliseconds; off by at most 3.2 %. Of an even number, the lower one. */
    public OptionalLong medianStay() {
        long left = (stays.values().stream().mapToLong(Long::longValue).sum() + 1) / 2;
        for (Map.Entry<Integer, Long> bucket : stays.entrySet()) {
            left -= bucket.getValue();
            if (left <= 0) {
                return OptionalLong.of(StayBuckets.middle(bucket.getKey()));
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowCounts known && counts.equals(known.counts) && stays.equals(known.stays);
    }

    @Override
    public int hashCode() {
        return 31 * counts.hashCode() + stays.hashCode();
    }

    @Override
    public String toString() {
        return counts + (stays.isEmpty() ? "" : " stays " + stays);
    }
}
