// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import dev.segue.plan.population.ValueBuckets;
import dev.segue.topology.due.CustomerSlots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * The customers of one task that are counted in one population, with the bucket of each. A customer costs 4 bytes and a
 * {@linkplain CustomerSlots slot}, so 13 to 23 bytes and the id, depending on how full the arrays are; a bucket costs some
 * 100 bytes. Not safe for several threads.
 *
 * <p>There are no lists of the customers of each bucket: a pass over all of them takes a nanosecond for each, and can stop
 * anywhere, whatever changes before it goes on.
 */
final class CountedCustomers {
    /** Where a pass ends. */
    static final int END = -1;

    private final CustomerSlots slots = new CustomerSlots();

    /** By slot; {@link ValueBuckets#NONE} for slots that are free. */
    private int[] buckets = new int[0];

    private final Map<Integer, Long> counts = new HashMap<>();

    /** Those with another count than in the last report. */
    private final Set<Integer> changed = new HashSet<>();

    int size() {
        return slots.size();
    }

    /** @param bucket {@link ValueBuckets#NONE} if the customer is not counted any more */
    void set(byte[] customer, int bucket) {
        int slot = slots.find(customer);
        int before = slot == CustomerSlots.NONE ? ValueBuckets.NONE : buckets[slot];
        if (bucket == before) {
            return;
        }
        if (slot == CustomerSlots.NONE) {
            slot = add(customer);
        }
        buckets[slot] = bucket;
        if (bucket == ValueBuckets.NONE) {
            slots.remove(slot);
        }
        count(before, -1);
        count(bucket, 1);
    }

    private int add(byte[] customer) {
        int slot = slots.add(customer);
        if (slot >= buckets.length) {
            int known = buckets.length;
            buckets = Arrays.copyOf(buckets, slots.capacity());
            Arrays.fill(buckets, known, buckets.length, ValueBuckets.NONE);
        }
        return slot;
    }

    private void count(int bucket, long more) {
        if (bucket != ValueBuckets.NONE) {
            counts.merge(bucket, more, (known, added) -> known + added == 0 ? null : known + added);
            changed.add(bucket);
        }
    }

    /**
     * Passes the customers in some buckets to the visitor, in no particular order. Customers who change their bucket between
     * two calls may be left out.
     *
     * @param from 0, or where the call before has stopped
     * @param slice looks at so many customers
     * @param most stops after so many customers in these buckets
     * @return where to go on; {@link #END} at the end
     */
    int forEach(int from, int slice, int most, IntPredicate which, Consumer<byte[]> visitor) {
        int end = Math.min(buckets.length, from + slice);
        int left = most;
        int slot = from;
        for (; slot < end && left > 0; slot++) {
            int bucket = buckets[slot];
            if (bucket != ValueBuckets.NONE && which.test(bucket)) {
                visitor.accept(slots.id(slot));
                left--;
            }
        }
        return slot < buckets.length ? slot : END;
    }

    /** Returns the customers in each bucket that has any. */
    Map<Integer, Long> all() {
        changed.clear();
        return Map.copyOf(counts);
    }

    /** Returns the customers in each bucket whose number has changed since the last call of this or {@link #all}. */
    Map<Integer, Long> takeChanged() {
        Map<Integer, Long> taken = new HashMap<>();
        changed.forEach(bucket -> taken.put(bucket, counts.getOrDefault(bucket, 0L)));
        changed.clear();
        return taken;
    }

    /** Heap memory in use for customers, in bytes. */
    long memory() {
        return 4L * buckets.length + slots.memory();
    }
}
