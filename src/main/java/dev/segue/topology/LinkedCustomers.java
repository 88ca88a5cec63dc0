// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.serde.state.StateCodec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids in one task of persons with several, a few at a time, so that no event waits for it. Written by one thread before others read. */
final class LinkedCustomers {
    private static final int SLICE = 500;

    private final CustomerStore store;
    /** Hashes: if another id has the same one, its events are kept in vain. */
    private final Set<Integer> hashes = new HashSet<>();

    private byte @Nullable [] lastCustomer;
    private byte @Nullable [] lastAlias;
    private boolean hasCustomers;
    private boolean hasAliases;

    LinkedCustomers(CustomerStore store) {
        this.store = store;
    }

    /** Goes on until all are known or the time is up; returns whether all are known. */
    boolean collect(long nanos) {
        long until = System.nanoTime() + nanos;
        while (!hasCustomers && System.nanoTime() < until) {
            lastCustomer = store.scan(lastCustomer, SLICE, (id, state) -> {
                if (StateCodec.hasLinkedIds(state)) {
                    hashes.add(Arrays.hashCode(id));
                }
            });
            hasCustomers = lastCustomer == null;
        }
        while (hasCustomers && !hasAliases && System.nanoTime() < until) {
            lastAlias = store.aliases(lastAlias, SLICE, (id, alias) -> hashes.add(Arrays.hashCode(id)));
            hasAliases = lastAlias == null;
        }
        return hasAliases;
    }

    boolean has(byte[] id) {
        return hashes.contains(Arrays.hashCode(id));
    }
}
