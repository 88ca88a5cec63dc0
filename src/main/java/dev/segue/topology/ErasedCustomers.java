// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import com.google.common.hash.Hashing;
import dev.segue.config.ErasureSettings;
import dev.segue.event.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
        return !event.erasesCustomer() && keepsOut(customer, event.time());
    }

    /** As {@link #keepsOut(byte[], Event)}, for anything that happened at an instant. */
    boolean keepsOut(byte[] customer, long at) {
        if (count == 0) {
            return false;
        }
        OptionalLong erasedAt = store.erasedAt(hash(customer));
        return erasedAt.isPresent() && settings.keepsOut(erasedAt.getAsLong(), at);
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

    /** Returns the erasures so far, for another thread. The events topic may no longer have their records. */
    Known known() {
        Map<ByteBuffer, Long> times = new HashMap<>();
        if (count > 0) {
            store.erasures((hash, at) -> times.put(ByteBuffer.wrap(hash), at));
        }
        return new Known(times, salt);
    }

    /** Erasures at one moment. Safe for several threads. */
    static final class Known {
        private final Map<ByteBuffer, Long> times;
        private final byte[] salt;

        /** @param times by hash, in milliseconds since the epoch */
        Known(Map<ByteBuffer, Long> times, byte[] salt) {
            this.times = times;
            this.salt = salt;
        }

        /** Returns when a customer was erased last, in milliseconds since the epoch; null if never. */
        @Nullable
        Long at(byte[] customer) {
            return times.isEmpty() ? null : times.get(ByteBuffer.wrap(hash(salt, customer)));
        }
    }

    private byte[] hash(byte[] customer) {
        return hash(salt, customer);
    }

    private static byte[] hash(byte[] salt, byte[] customer) {
        byte[] hash = Hashing.sha256()
                .newHasher()
                .putBytes(salt)
                .putBytes(customer)
                .hash()
                .asBytes();
        return Arrays.copyOf(hash, HASH_BYTES);
    }
}
