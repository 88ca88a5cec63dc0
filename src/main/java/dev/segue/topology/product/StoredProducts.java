// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Facts of products in a store that also holds other data. All keys begin with one byte and a kind. */
public final class StoredProducts implements ProductStore {
    /** The product's id follows. */
    private static final byte SETTLED = 1;

    /** The number follows. */
    private static final byte RECENT = 2;

    private static final byte LAST_SETTLED = 3;

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte prefix;

    /** @param prefix the first byte of all keys; no other data may have keys with it and one of the kinds */
    public StoredProducts(KeyValueStore<Bytes, byte[]> store, byte prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    @Override
    public byte @Nullable [] settledFacts(String productId) {
        return store.get(key(SETTLED, productId.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void settledFacts(Consumer<byte[]> visitor) {
        pass(key(SETTLED, new byte[0]), recent(0), visitor);
    }

    @Override
    public void settledFacts(String productId, byte @Nullable [] facts) {
        store.put(key(SETTLED, productId.getBytes(StandardCharsets.UTF_8)), facts);
    }

    @Override
    public void recentFacts(Consumer<byte[]> visitor) {
        pass(recent(0), recent(Long.MAX_VALUE), visitor);
    }

    @Override
    public void recentFacts(long number, byte @Nullable [] facts) {
        store.put(recent(number), facts);
    }

    @Override
    public long lastSettled() {
        byte[] stored = store.get(key(LAST_SETTLED, new byte[0]));
        return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }

    @Override
    public void lastSettled(long number) {
        store.put(key(LAST_SETTLED, new byte[0]), bytes(number));
    }

    private void pass(Bytes from, Bytes before, Consumer<byte[]> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.range(from, before)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if (!entry.key.equals(before)) {
                    visitor.accept(entry.value);
                }
            }
        }
    }

    private Bytes recent(long number) {
        return key(RECENT, bytes(number));
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private Bytes key(byte kind, byte[] rest) {
        return Bytes.wrap(ByteBuffer.allocate(2 + rest.length)
                .put(prefix)
                .put(kind)
                .put(rest)
                .array());
    }
}
