// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.serde.output.TransferRecord.Reading;
import dev.segue.serde.output.TransferRecord.Sent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one task must not forget while partitions exchange the past: who has sent everything, and the events that arrived
 * for customers here. Keys have the definitions' instant of publication and step, then a kind.
 */
final class PastStore {
    private static final byte ROUND = 0;
    private static final byte SENT = 1;
    private static final byte EVENTS = 2;
    private static final byte DONE = 3;
    private static final byte END = 4;

    /** Behind an id; no byte of UTF-8. */
    private static final byte BEHIND_ID = (byte) 0xff;

    private static final long NO_TIME = Long.MIN_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;

    PastStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * How far this task is.
     *
     * @param number of the last round that it has ended; 0 while it is in the first
     * @param passed whether it has sent any past since then
     */
    record Round(int number, boolean passed) {
        static final Round FIRST = new Round(0, false);
    }

    /**
     * Events of another id of a customer.
     *
     * @param source the id under which they were sent
     * @param partition in which they were
     * @param part see {@link dev.segue.serde.output.TransferRecord.Past}; {@link #LIVE} for an event that came later
     * @param chunk see {@link UnappliedEvents}
     */
    record Events(String source, int partition, int part, ByteBuffer chunk) {
        static final int LIVE = -1;
    }

    /** Returns null if the partitions exchange no past for the definitions of a reading. */
    @Nullable
    Round round(Reading reading) {
        byte[] bytes = store.get(key(reading, ROUND, new byte[0]));
        if (bytes == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Round(in.getInt(), in.get() == 1);
    }

    void round(Reading reading, Round round) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + 1)
                .putInt(round.number())
                .put((byte) (round.passed() ? 1 : 0))
                .array();
        store.put(key(reading, ROUND, new byte[0]), bytes);
    }

    /** Remembers what another partition, or this one, has said. */
    void sent(Sent sent) {
        Reading reading = sent.reading();
        byte[] rest = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(sent.round())
                .putInt(reading.partition())
                .array();
        Long since = sent.since();
        byte[] bytes = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) (sent.passed() ? 1 : 0))
                .putLong(since == null ? NO_TIME : since)
                .array();
        store.put(key(reading, SENT, rest), bytes);
    }

    /** Returns what all partitions have said for the definitions of a reading, in order of the rounds. */
    List<Sent> sent(Reading definitions) {
        List<Sent> all = new ArrayList<>();
        forEach(definitions, SENT, entry -> {
            ByteBuffer key = rest(entry);
            int round = key.getInt();
            ByteBuffer value = ByteBuffer.wrap(entry.value);
            boolean passed = value.get() == 1;
            long since = value.getLong();
            all.add(new Sent(
                    new Reading(definitions.published(), definitions.step(), key.getInt()),
                    round,
                    passed,
                    since == NO_TIME ? null : since));
        });
        return all;
    }

    /**
     * Keeps events for a customer.
     *
     * @param offset of the record that brought them
     */
    void keep(Reading definitions, byte[] customer, long offset, Events events) {
        byte[] source = events.source().getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(
                        3 * Integer.BYTES + source.length + events.chunk().remaining())
                .putInt(events.partition())
                .putInt(events.part())
                .putInt(source.length)
                .put(source)
                .put(events.chunk().duplicate())
                .array();
        store.put(key(definitions, EVENTS, place(customer, offset)), value);
    }

    private static byte[] place(byte[] customer, long offset) {
        return ByteBuffer.allocate(customer.length + 1 + Long.BYTES)
                .put(customer)
                .put(BEHIND_ID)
                .putLong(offset)
                .array();
    }

    /** Returns what has been kept for a customer, in the order in which it came, and forgets it. */
    List<Events> take(Reading definitions, byte[] customer) {
        List<Events> kept = new ArrayList<>();
        List<Bytes> keys = new ArrayList<>();
        Bytes first = key(definitions, EVENTS, place(customer, 0));
        Bytes last = key(definitions, EVENTS, place(customer, Long.MAX_VALUE));
        try (KeyValueIterator<Bytes, byte[]> found = store.range(first, last)) {
            found.forEachRemaining(entry -> {
                keys.add(entry.key);
                kept.add(events(entry.value));
            });
        }
        keys.forEach(store::delete);
        return kept;
    }

    private static Events events(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        int partition = in.getInt();
        int part = in.getInt();
        byte[] source = new byte[in.getInt()];
        in.get(source);
        return new Events(new String(source, StandardCharsets.UTF_8), partition, part, in.slice());
    }

    /** Returns whether anything is kept for later definitions than those of a reading. */
    boolean hasNewer(Reading definitions) {
        Bytes from = key(definitions, END, new byte[0]);
        Bytes to = key(new Reading(Long.MAX_VALUE, Integer.MAX_VALUE, 0), END, new byte[0]);
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, to)) {
            return found.hasNext();
        }
    }

    /** Forgets everything for definitions before those of a reading. */
    void dropBefore(Reading definitions) {
        drop(key(new Reading(0, 0, 0), ROUND, new byte[0]), key(definitions, ROUND, new byte[0]));
    }

    /** Remembers that a partition, or this one, needs nothing more. */
    void done(Reading reading) {
        byte[] partition =
                ByteBuffer.allocate(Integer.BYTES).putInt(reading.partition()).array();
        store.put(key(reading, DONE, partition), new byte[0]);
    }

    /** Returns the partitions that need nothing more for the definitions of a reading. */
    Set<Integer> allDone(Reading definitions) {
        Set<Integer> partitions = new HashSet<>();
        forEach(definitions, DONE, entry -> partitions.add(rest(entry).getInt()));
        return partitions;
    }

    /** Forgets what other partitions have sent for the definitions of a reading. */
    void dropSent(Reading definitions) {
        drop(key(definitions, SENT, new byte[0]), key(definitions, DONE, new byte[0]));
    }

    /** Forgets everything for the definitions of a reading. */
    void drop(Reading definitions) {
        drop(key(definitions, ROUND, new byte[0]), key(definitions, END, new byte[0]));
    }

    private void drop(Bytes from, Bytes before) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, before)) {
            found.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.stream().filter(key -> key.compareTo(before) < 0).forEach(store::delete);
    }

    private void forEach(Reading definitions, byte kind, Consumer<KeyValue<Bytes, byte[]>> visitor) {
        Bytes end = key(definitions, (byte) (kind + 1), new byte[0]);
        try (KeyValueIterator<Bytes, byte[]> found = store.range(key(definitions, kind, new byte[0]), end)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                if (entry.key.compareTo(end) < 0) {
                    visitor.accept(entry);
                }
            }
        }
    }

    private static ByteBuffer rest(KeyValue<Bytes, byte[]> entry) {
        ByteBuffer key = ByteBuffer.wrap(entry.key.get());
        return key.position(2 + Long.BYTES + Integer.BYTES);
    }

    private static Bytes key(Reading definitions, byte kind, byte[] rest) {
        return Bytes.wrap(ByteBuffer.allocate(2 + Long.BYTES + Integer.BYTES + rest.length)
                .put(CustomerStore.OTHERS_PAST)
                .putLong(definitions.published())
                .putInt(definitions.step())
                .put(kind)
                .put(rest)
                .array());
    }
}
