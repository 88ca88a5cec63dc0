package dev.segue.topology;

import com.google.common.hash.Hashing;
import dev.segue.config.ErasureSettings;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Knows the erased customers of one task again without keeping their ids: by a salted hash. For one thread.
 *
 * <p>Decides by facts of the log only (when the customer was erased and when the event happened), so that a replay
 * decides the same.
 */
final class ErasedCustomers {
    private static final int HASH_BYTES = 16;

    private final CustomerStore store;
    private final ErasureSettings settings;
    private final byte[] salt;
    private long count;

    /** @param salt secret, or the hash of a known id can be looked for */
    ErasedCustomers(CustomerStore store, ErasureSettings settings, String salt) {
        this.store = store;
        this.settings = settings;
        this.salt = salt.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells how many the store remembers; while there is none, no event is looked up. */
    void counted(long erased) {
        count = erased;
    }

    /** Whether the event must be dropped, because its customer was erased. A further erasure never is. */
    boolean keepsOut(byte[] customer, Event event) {
        if (count == 0 || event.type().name().equals(Plan.ERASURE)) {
            return false;
        }
        OptionalLong erasedAt = store.erasedAt(hash(customer));
        return erasedAt.isPresent() && settings.keepsOut(erasedAt.getAsLong(), event.time());
    }

    /** @param at milliseconds since the epoch; an earlier instant than one that is known changes nothing */
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
