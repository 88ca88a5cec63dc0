// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import dev.segue.plan.population.Cuts;
import dev.segue.serde.state.CutsCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The stored counts of all partitions. Keys begin with a kind and the population; those of headers and counts have the
 * partition, and those of counts the bucket.
 */
final class TotalsStore {
    private static final byte HEADER = 0;
    private static final byte COUNT = 1;
    private static final byte WRITTEN = 2;

    private static final int PARTITION = 1 + Long.BYTES;
    private static final int BUCKET = PARTITION + Integer.BYTES;

    private final KeyValueStore<Bytes, byte[]> store;

    TotalsStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * What is known of the reports of one partition.
     *
     * @param epoch of the last one
     * @param complete whether all of its customers have been counted
     */
    record Header(long epoch, boolean complete) {}

    /** Receives one entry. */
    interface Visitor<E> {
        /** @param number the partition of a header, or the bucket of a count */
        void visit(long population, int number, E value);
    }

    void headers(Visitor<Header> visitor) {
        scan(HEADER, (key, value) -> {
            ByteBuffer in = ByteBuffer.wrap(value);
            Header header = new Header(in.getLong(), in.get() != 0);
            visitor.visit(key.getLong(1), key.getInt(PARTITION), header);
        });
    }

    void header(long population, int partition, Header header) {
        store.put(
                key(HEADER, population, partition),
                ByteBuffer.allocate(Long.BYTES + 1)
                        .putLong(header.epoch())
                        .put((byte) (header.complete() ? 1 : 0))
                        .array());
    }

    /** Passes the customers in each bucket of each partition. */
    void counts(Visitor<Long> visitor) {
        scan(
                COUNT,
                (key, value) -> visitor.visit(
                        key.getLong(1),
                        key.getInt(BUCKET),
                        ByteBuffer.wrap(value).getLong()));
    }

    /** Stores the customers in a bucket of a partition; returns how many there were before. */
    long count(long population, int partition, int bucket, long count) {
        Bytes key = key(COUNT, population, partition, bucket);
        byte[] known = store.get(key);
        long before = known == null ? 0 : ByteBuffer.wrap(known).getLong();
        if (count != before) {
            store.put(
                    key,
                    count == 0
                            ? null
                            : ByteBuffer.allocate(Long.BYTES).putLong(count).array());
        }
        return before;
    }

    /** Returns the buckets of a partition that have customers. */
    List<Integer> buckets(long population, int partition) {
        List<Integer> buckets = new ArrayList<>();
        // In a key, a bucket below 0 comes after the others.
        range(
                key(COUNT, population, partition, 0),
                key(COUNT, population, partition, -1),
                (key, value) -> buckets.add(ByteBuffer.wrap(key.get()).getInt(BUCKET)));
        return buckets;
    }

    /** Passes the last cuts of each population. */
    void written(Consumer<Cuts> visitor) {
        scan(WRITTEN, (key, value) -> visitor.accept(CutsCodec.read(value)));
    }

    void written(Cuts cuts) {
        store.put(key(WRITTEN, cuts.population(), 0), CutsCodec.write(cuts));
    }

    /** Deletes all of a population. */
    void drop(long population) {
        List<Bytes> keys = new ArrayList<>();
        for (byte kind : new byte[] {HEADER, COUNT, WRITTEN}) {
            range(key(kind, population, 0), key(kind, population, -1, -1), (key, value) -> keys.add(key));
        }
        keys.forEach(store::delete);
    }

    private void scan(byte kind, BiConsumer<ByteBuffer, byte[]> visitor) {
        range(
                Bytes.wrap(new byte[] {kind}),
                key(kind, -1, -1, -1),
                (key, value) -> visitor.accept(ByteBuffer.wrap(key.get()), value));
    }

    private void range(Bytes from, Bytes to, BiConsumer<Bytes, byte[]> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.range(from, to)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                visitor.accept(entry.key, entry.value);
            }
        }
    }

    private static Bytes key(byte kind, long population, int partition) {
        return Bytes.wrap(ByteBuffer.allocate(BUCKET)
                .put(kind)
                .putLong(population)
                .putInt(partition)
                .array());
    }

    private static Bytes key(byte kind, long population, int partition, int bucket) {
        return Bytes.wrap(ByteBuffer.allocate(BUCKET + Integer.BYTES)
                .put(kind)
                .putLong(population)
                .putInt(partition)
                .putInt(bucket)
                .array());
    }
}
