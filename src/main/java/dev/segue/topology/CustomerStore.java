// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The store of one task: customers by id in UTF-8, the times of erasures, and the last tick that the task has read.
 *
 * <p>The last tick is stored because it is part of every customer's "now": without it, a late event after a restart
 * would be evaluated at the customer's own last time instead of at the last tick, and a replay of the same log without
 * the restart would yield other changes. Streams commits the store together with the tick's offset, so the two always
 * agree. The cost is one small write per tick and task.
 */
final class CustomerStore {
    /** UTF-8 text never begins with this byte or the next, so no customer has such a key. */
    private static final Bytes LAST_TICK = Bytes.wrap(new byte[] {(byte) 0xff});

    /** The first byte of the keys of erased customers; their hash follows. */
    private static final byte ERASED = (byte) 0xfe;

    private final KeyValueStore<Bytes, byte[]> store;

    CustomerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** @param cached if true, Streams may gather writes until it commits */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier supplier, boolean cached) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> builder = Stores.keyValueStoreBuilder(
                        supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
        return cached ? builder.withCachingEnabled() : builder.withCachingDisabled();
    }

    byte @Nullable [] get(byte[] customer) {
        return store.get(Bytes.wrap(customer));
    }

    void put(byte[] customer, byte[] state) {
        store.put(Bytes.wrap(customer), state);
    }

    void delete(byte[] customer) {
        store.delete(Bytes.wrap(customer));
    }

    /**
     * Returns when a customer with this hash was erased.
     *
     * @return milliseconds since the epoch; empty if none was erased
     */
    OptionalLong erasedAt(byte[] hash) {
        byte[] bytes = store.get(erased(hash));
        return bytes == null
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(bytes).getLong());
    }

    void erasedAt(byte[] hash, long millis) {
        store.put(erased(hash), ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }

    private static Bytes erased(byte[] hash) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + hash.length).put(ERASED).put(hash).array());
    }

    /** In milliseconds since the epoch; {@code Long.MIN_VALUE} before the first tick. */
    long lastTick() {
        byte[] bytes = store.get(LAST_TICK);
        return bytes == null ? Long.MIN_VALUE : ByteBuffer.wrap(bytes).getLong();
    }

    void lastTick(long tick) {
        store.put(LAST_TICK, ByteBuffer.allocate(Long.BYTES).putLong(tick).array());
    }

    /**
     * Passes every customer's id and state to the visitor, in no particular order.
     *
     * @return the number of erased customers whose hash is stored
     */
    long scan(BiConsumer<byte[], byte[]> visitor) {
        long erased = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                byte[] key = entry.key.get();
                if (key[0] == ERASED) {
                    erased++;
                } else if (!entry.key.equals(LAST_TICK)) {
                    visitor.accept(key, entry.value);
                }
            }
        }
        return erased;
    }
}
