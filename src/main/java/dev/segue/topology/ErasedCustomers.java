// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import com.google.common.hash.Hashing;
import dev.segue.config.ErasureSettings;
import dev.segue.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Recognizes the erased customers of one task by a salted hash, without keeping their ids. For one thread.
 *
 * <p>Decides by facts of the log only (the time of the erasure and the time of the event), so that a replay decides the
 * same way.
 */
final class ErasedCustomers {
    private static final int HASH_BYTES = 16;

    private final CustomerStore store;
    private final ErasureSettings settings;
    private final byte[] salt;
    private long count;

    /** @param salt secret; without it, the hash of a known id could be looked up */
    ErasedCustomers(CustomerStore store, ErasureSettings settings, String salt) {
        this.store = store;
        this.settings = settings;
        this.salt = salt.getBytes(StandardCharsets.UTF_8);
    }

    /** Sets the number of stored hashes; while it is 0, events need no lookup. */
    void counted(long erased) {
        count = erased;
    }

    /**
     * Returns true if the event must be dropped because its customer was erased. A further erasure is never dropped.
     */
    boolean keepsOut(byte[] customer, Event event) {
        if (count == 0 || event.erasesCustomer()) {
            return false;
        }
        OptionalLong erasedAt = store.erasedAt(hash(customer));
        return erasedAt.isPresent() && settings.keepsOut(erasedAt.getAsLong(), event.time());
    }

    /** @param at milliseconds since the epoch; ignored if a later erasure is already stored */
    void add(byte[] customer, long at) {
        byte[] hash = hash(customer);
        OptionalLong known = store.erasedAt(hash);
        if (known.isEmpty()) {
            count++;
        }
        store.erasedAt(hash, Math.max(at, known.orElse(at)));
    }

    private byte[] hash(byte[] customer) {
        byte[] hash = Hashing.sha256()
                .newHasher()
                .putBytes(salt)
                .putBytes(customer)
                .hash()
                .asBytes();
        return Arrays.copyOf(hash, HASH_BYTES);
    }
}
