// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.topology.population.PopulationStore;
import dev.segue.topology.product.ProductStore;
import dev.segue.topology.product.StoredProducts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
 * The store of one task: customers by id in UTF-8, the times of erasures, the last tick that the task has read, the
 * definitions that it evaluates, the cuts of populations, and the facts of products.
 *
 * <p>The last tick is stored because it is part of every customer's "now": without it, a late event after a restart
 * would be evaluated at the customer's own last time instead of at the last tick, and a replay of the same log without
 * the restart would yield other changes. Streams commits the store together with the tick's offset, so the two always
 * agree. The cost is one small write per tick and task.
 */
final class CustomerStore implements PopulationStore {
    /** UTF-8 text never begins with this byte or those below, so no customer has such a key. */
    private static final Bytes LAST_TICK = Bytes.wrap(new byte[] {(byte) 0xff});

    /** The first byte of the keys of erased customers; their hash follows. */
    private static final byte ERASED = (byte) 0xfe;

    /** The first byte of the keys of definitions; the instant of publication, step and part follow. */
    private static final byte ACTIVATION = (byte) 0xfd;

    /** The first byte of the keys of what these definitions know of the past; the instant of publication and step follow. */
    private static final byte PAST = (byte) 0xfc;

    /** The first byte of the keys of ids that go on as another customer; the id follows. */
    private static final byte ALIAS = (byte) 0xfb;

    /** The first byte of the keys of transfers that cannot be handled yet; their number follows. */
    private static final byte WAITING = (byte) 0xfa;

    /** The first byte of the keys of counts that are not sent yet; hour and subject follow. */
    private static final byte PENDING = (byte) 0xf9;

    private static final Bytes OPEN_WINDOWS = Bytes.wrap(new byte[] {(byte) 0xf8});

    /** The first byte of the keys of {@link PastStore}. */
    static final byte OTHERS_PAST = (byte) 0xf7;

    /** The first byte of the keys of cuts; population and instant follow. */
    private static final byte CUTS = (byte) 0xf6;

    /** The smallest that is no customer's; with more bytes behind it, keys of {@link StoredProducts}. */
    private static final byte POPULATION_EPOCH = (byte) 0xf5;

    private static final Bytes BEHIND_CUSTOMERS = Bytes.wrap(new byte[] {POPULATION_EPOCH});

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

    /** Passes the hash of every erased customer with the time of the erasure. */
    void erasures(BiConsumer<byte[], Long> visitor) {
        try (KeyValueIterator<Bytes, byte[]> erased = store.range(erased(new byte[0]), LAST_TICK)) {
            erased.forEachRemaining(entry -> {
                byte[] key = entry.key.get();
                if (key[0] == ERASED) {
                    visitor.accept(
                            Arrays.copyOfRange(key, 1, key.length),
                            ByteBuffer.wrap(entry.value).getLong());
                }
            });
        }
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

    private static boolean isCustomer(byte[] key) {
        return (key[0] & 0xff) < (POPULATION_EPOCH & 0xff);
    }

    /** Passes the keys and values of counts that are not sent yet. */
    void pendingCounts(BiConsumer<byte[], byte[]> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.range(pendingKey(new byte[0]), waitingKey(0))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                byte[] key = entry.key.get();
                if (key[0] == PENDING) {
                    visitor.accept(Arrays.copyOfRange(key, 1, key.length), entry.value);
                }
            }
        }
    }

    /** @param counts null once they are sent */
    void pendingCounts(byte[] key, byte @Nullable [] counts) {
        store.put(pendingKey(key), counts);
    }

    private static Bytes pendingKey(byte[] key) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put(PENDING).put(key).array());
    }

    @Override
    public void cuts(Consumer<byte[]> visitor) {
        Bytes end = Bytes.wrap(new byte[] {OTHERS_PAST});
        try (KeyValueIterator<Bytes, byte[]> all = store.range(Bytes.wrap(new byte[] {CUTS}), end)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if (entry.key.get()[0] == CUTS) {
                    visitor.accept(entry.value);
                }
            }
        }
    }

    @Override
    public void cuts(long population, long at, byte @Nullable [] cuts) {
        store.put(
                Bytes.wrap(ByteBuffer.allocate(1 + 2 * Long.BYTES)
                        .put(CUTS)
                        .putLong(population)
                        .putLong(at)
                        .array()),
                cuts);
    }

    @Override
    public long populationEpoch() {
        byte[] bytes = store.get(BEHIND_CUSTOMERS);
        return bytes == null ? Long.MIN_VALUE : ByteBuffer.wrap(bytes).getLong();
    }

    @Override
    public void populationEpoch(long epoch) {
        store.put(
                BEHIND_CUSTOMERS, ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
    }

    /** What is known of products. */
    ProductStore products() {
        return new StoredProducts(store, POPULATION_EPOCH);
    }

    /** Which windows of statistics have been opened; null before the first. */
    byte @Nullable [] openWindows() {
        return store.get(OPEN_WINDOWS);
    }

    void openWindows(byte @Nullable [] windows) {
        store.put(OPEN_WINDOWS, windows);
    }

    /** Returns as which customer an id goes on; null if it is a customer of its own, or unknown. */
    byte @Nullable [] alias(byte[] id) {
        return store.get(aliasKey(id));
    }

    /** @param alias null if the id is a customer of its own again */
    void alias(byte[] id, byte @Nullable [] alias) {
        store.put(aliasKey(id), alias);
    }

    /**
     * Passes up to a number of ids that go on as other customers to the visitor, in order of the ids.
     *
     * @param after begins behind this id; null begins at the first
     * @return the last id; null if there are no more
     */
    byte @Nullable [] aliases(byte @Nullable [] after, int most, BiConsumer<byte[], byte[]> visitor) {
        byte[] from = after == null ? new byte[0] : Arrays.copyOf(after, after.length + 1);
        Bytes end = Bytes.wrap(new byte[] {ALIAS + 1});
        try (KeyValueIterator<Bytes, byte[]> aliases = store.range(aliasKey(from), end)) {
            byte[] last = null;
            for (int count = 0; count < most && aliases.hasNext(); count++) {
                KeyValue<Bytes, byte[]> entry = aliases.next();
                byte[] key = entry.key.get();
                if (key[0] != ALIAS) {
                    return null;
                }
                last = Arrays.copyOfRange(key, 1, key.length);
                visitor.accept(last, entry.value);
            }
            return last;
        }
    }

    private static Bytes aliasKey(byte[] id) {
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(ALIAS).put(id).array());
    }

    /** Keeps a transfer that cannot be handled yet, behind those that are kept already. */
    void keepWaiting(long number, byte[] record) {
        store.put(waitingKey(number), record);
    }

    /** Returns the number of the last transfer that is kept; -1 if there is none. */
    long lastWaiting() {
        long last = -1;
        try (KeyValueIterator<Bytes, byte[]> all = store.range(waitingKey(0), waitingKey(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                last = ByteBuffer.wrap(all.next().key.get(), 1, Long.BYTES).getLong();
            }
        }
        return last;
    }

    /** Removes the transfers that were kept, and returns them in order. */
    List<byte[]> takeWaiting() {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(waitingKey(0), waitingKey(Long.MAX_VALUE))) {
            all.forEachRemaining(found::add);
        }
        found.forEach(entry -> store.delete(entry.key));
        return found.stream().map(entry -> entry.value).toList();
    }

    private static Bytes waitingKey(long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(WAITING).putLong(number).array());
    }

    /**
     * Stores one part of a set of definitions.
     *
     * @param published when the set was published, in milliseconds since the epoch
     */
    void activation(long published, int step, int part, byte[] message) {
        store.put(activation(published, step, part), message);
    }

    /** Passes all parts to the visitor in order of (published, step, part). */
    void activations(Consumer<byte[]> visitor) {
        try (KeyValueIterator<Bytes, byte[]> parts =
                store.range(activation(0, 0, 0), activation(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            parts.forEachRemaining(part -> visitor.accept(part.value));
        }
    }

    /** Deletes earlier definitions. */
    void dropActivationsBefore(long published, int step) {
        delete(activation(0, 0, 0), activation(published, step, 0));
        delete(pastKey(0, 0), pastKey(published, step));
    }

    /** What other partitions have sent of the past, in the same store. */
    PastStore othersPast() {
        return new PastStore(store);
    }

    /** Deletes a range of keys. */
    private void delete(Bytes from, Bytes before) {
        List<Bytes> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, before)) {
            entries.forEachRemaining(entry -> found.add(entry.key));
        }
        found.stream().filter(key -> !key.equals(before)).forEach(store::delete);
    }

    /** Returns what definitions know of the past; null if all know all of it. */
    byte @Nullable [] past(long published, int step) {
        return store.get(pastKey(published, step));
    }

    /** @param past null if all definitions know all of it */
    void past(long published, int step, byte @Nullable [] past) {
        store.put(pastKey(published, step), past);
    }

    private static Bytes pastKey(long published, int step) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES)
                .put(PAST)
                .putLong(published)
                .putInt(step)
                .array());
    }

    private static Bytes activation(long published, int step, int part) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + 2 * Integer.BYTES)
                .put(ACTIVATION)
                .putLong(published)
                .putInt(step)
                .putInt(part)
                .array());
    }

    /**
     * Passes up to a number of customers' ids and states to the visitor, in order of their ids.
     *
     * @param after begins behind this id; null begins at the first
     * @return the last id; null if there are no more
     */
    byte @Nullable [] scan(byte @Nullable [] after, int most, BiConsumer<byte[], byte[]> visitor) {
        Bytes from = after == null ? null : Bytes.wrap(Arrays.copyOf(after, after.length + 1));
        try (KeyValueIterator<Bytes, byte[]> customers = store.range(from, BEHIND_CUSTOMERS)) {
            byte[] last = null;
            for (int count = 0; count < most && customers.hasNext(); count++) {
                KeyValue<Bytes, byte[]> entry = customers.next();
                last = entry.key.get();
                if (!isCustomer(last)) {
                    return null;
                }
                visitor.accept(last, entry.value);
            }
            return last;
        }
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
                } else if (isCustomer(key)) {
                    visitor.accept(key, entry.value);
                }
            }
        }
        return erased;
    }
}
