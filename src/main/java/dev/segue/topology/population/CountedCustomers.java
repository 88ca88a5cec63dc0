// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import dev.segue.plan.population.ValueBuckets;
import dev.segue.topology.due.CustomerSlots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one task that are counted in one population, by bucket: each bucket is a list in primitive arrays. A
 * customer costs 12 bytes and a {@linkplain CustomerSlots slot}, so 21 to 35 bytes and the id, depending on how full the
 * arrays are; a bucket costs 100 bytes. Not safe for several threads.
 */
final class CountedCustomers {
    private static final int NONE = CustomerSlots.NONE;
    private static final int BUCKET_BYTES = 100;

    private final CustomerSlots slots = new CustomerSlots();

    /** The bucket, and the neighbours in its list, by slot. */
    private int[] buckets = new int[slots.capacity()];

    private int[] next = new int[slots.capacity()];
    private int[] previous = new int[slots.capacity()];

    private final TreeMap<Integer, Bucket> byBucket = new TreeMap<>();

    /** Those with another count than at the last call of {@link #takeChanged}. */
    private final Set<Integer> changed = new HashSet<>();

    private static final class Bucket {
        private int first = NONE;
        private long count;
    }

    int size() {
        return slots.size();
    }

    /** @param bucket {@link ValueBuckets#NONE} if the customer is not counted any more */
    void set(byte[] customer, int bucket) {
        int slot = slots.find(customer);
        if (slot != NONE) {
            if (buckets[slot] == bucket) {
                return;
            }
            unlink(slot);
        }
        if (bucket == ValueBuckets.NONE) {
            if (slot != NONE) {
                slots.remove(slot);
            }
            return;
        }
        link(slot == NONE ? add(customer) : slot, bucket);
    }

    private int add(byte[] customer) {
        int slot = slots.add(customer);
        if (slot >= buckets.length) {
            buckets = Arrays.copyOf(buckets, slots.capacity());
            next = Arrays.copyOf(next, slots.capacity());
            previous = Arrays.copyOf(previous, slots.capacity());
        }
        return slot;
    }

    private void link(int slot, int number) {
        Bucket bucket = byBucket.computeIfAbsent(number, absent -> new Bucket());
        buckets[slot] = number;
        next[slot] = bucket.first;
        previous[slot] = NONE;
        if (bucket.first != NONE) {
            previous[bucket.first] = slot;
        }
        bucket.first = slot;
        bucket.count++;
        changed.add(number);
    }

    private void unlink(int slot) {
        int number = buckets[slot];
        Bucket bucket = byBucket.get(number);
        if (previous[slot] == NONE) {
            bucket.first = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] != NONE) {
            previous[next[slot]] = previous[slot];
        }
        bucket.count--;
        if (bucket.count == 0) {
            byBucket.remove(number);
        }
        changed.add(number);
    }

    /** Returns the lowest bucket with customers from one on; null if there is none. */
    @Nullable
    Integer bucketFrom(int bucket) {
        return byBucket.ceilingKey(bucket);
    }

    /** Passes the customers in a bucket to the visitor, in no particular order; returns their number. */
    int forEachIn(int number, Consumer<byte[]> visitor) {
        Bucket bucket = byBucket.get(number);
        int visited = 0;
        for (int slot = bucket == null ? NONE : bucket.first; slot != NONE; slot = next[slot]) {
            visitor.accept(slots.id(slot));
            visited++;
        }
        return visited;
    }

    /** Returns the customers in each bucket that has any. */
    Map<Integer, Long> all() {
        changed.clear();
        Map<Integer, Long> all = new HashMap<>();
        byBucket.forEach((number, bucket) -> all.put(number, bucket.count));
        return all;
    }

    /** Returns the customers in each bucket whose number has changed since the last call of this or {@link #all}. */
    Map<Integer, Long> takeChanged() {
        Map<Integer, Long> counts = new HashMap<>();
        for (Integer number : changed) {
            Bucket bucket = byBucket.get(number);
            counts.put(number, bucket == null ? 0 : bucket.count);
        }
        changed.clear();
        return counts;
    }

    /** Heap memory in use, in bytes. */
    long memory() {
        return 4L * (buckets.length + next.length + previous.length)
                + slots.memory()
                + (long) BUCKET_BYTES * byBucket.size();
    }
}
