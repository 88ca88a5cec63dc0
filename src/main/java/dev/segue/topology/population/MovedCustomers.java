// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import dev.segue.plan.population.Cuts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pass over the customers of a population, for those whom new cuts put to another place. */
final class MovedCustomers {
    /** Looking at so many customers takes about a millisecond. */
    private static final int SLICE = 50_000;

    private final @Nullable Cuts before;
    private final Cuts next;
    private final int[] asked;
    private final Map<Integer, Boolean> known = new HashMap<>();
    private int from;

    /**
     * @param before the cuts that were valid up to these; null if there were none
     * @param asked see {@link Cuts#place}
     */
    MovedCustomers(@Nullable Cuts before, Cuts next, int[] asked) {
        this.before = before;
        this.next = next;
        this.asked = asked;
    }

    long population() {
        return next.population();
    }

    /** From when on they are at another place, in milliseconds since the epoch. */
    long at() {
        return next.at();
    }

    /** Goes on until it has found so many customers; returns whether it is at the end. */
    boolean goOn(CountedCustomers customers, int most, Consumer<byte[]> visitor) {
        from = customers.forEach(from, SLICE, most, bucket -> known.computeIfAbsent(bucket, this::moves), visitor);
        return from == CountedCustomers.END;
    }

    private boolean moves(int bucket) {
        int place = before == null ? Cuts.AWAITING : before.place(bucket, asked);
        return next.place(bucket, asked) != place;
    }
}
