// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Retained events of ids that belong to a person with several, as they arrived. Of each event a chunk has the record's
 * timestamp, the length of the value, and the value. Not safe for several threads.
 */
final class UnappliedEvents implements AutoCloseable {
    /** A chunk is the content of one record, so it is not much larger than one event. */
    private static final int CHUNK = 256 * 1024;

    private final int most;
    private final Supplier<PastLog.Overflow> stores;
    private final Map<String, ByteArrayOutputStream> recent = new HashMap<>();
    /** How many chunks of an id rest in the store. */
    private final Map<String, Integer> rested = new HashMap<>();

    private PastLog.@Nullable Overflow resting;
    private long bytes;

    /**
     * @param most so many bytes stay in memory
     * @param stores opens the store for the others
     */
    UnappliedEvents(int most, Supplier<PastLog.Overflow> stores) {
        this.most = most;
        this.stores = stores;
    }

    void add(String id, long timestamp, byte[] value) {
        ByteArrayOutputStream chunk =
                recent.computeIfAbsent(id, absent -> new ByteArrayOutputStream(value.length + 12));
        if (chunk.size() > 0 && chunk.size() + value.length > CHUNK) {
            rest(id, chunk);
            chunk.reset();
        }
        int before = chunk.size();
        chunk.writeBytes(one(timestamp, value));
        bytes += chunk.size() - before;
        if (bytes > most) {
            recent.forEach(this::rest);
            recent.clear();
        }
    }

    /** Returns the chunk of one event. */
    static byte[] one(long timestamp, byte[] value) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + value.length)
                .putLong(timestamp)
                .putInt(value.length)
                .put(value)
                .array();
    }

    private void rest(String id, ByteArrayOutputStream chunk) {
        int number = rested.merge(id, 1, Integer::sum);
        store().put(name(id, number), chunk.toByteArray());
        bytes -= chunk.size();
    }

    private PastLog.Overflow store() {
        PastLog.Overflow store = resting;
        if (store == null) {
            store = stores.get();
            resting = store;
        }
        return store;
    }

    /** No id contains this character. */
    private static String name(String id, int number) {
        return id + '\0' + number;
    }

    /** Returns the events of an id in chunks, in the order in which they arrived, and forgets them. */
    List<ByteBuffer> take(String id) {
        List<ByteBuffer> chunks = new ArrayList<>();
        Integer last = rested.remove(id);
        for (int number = 1; last != null && number <= last; number++) {
            byte[] chunk = store().get(name(id, number));
            if (chunk == null) {
                throw new IllegalStateException("past events that were put aside are missing");
            }
            chunks.add(ByteBuffer.wrap(chunk));
            store().remove(name(id, number));
        }
        ByteArrayOutputStream chunk = recent.remove(id);
        if (chunk != null) {
            bytes -= chunk.size();
            chunks.add(ByteBuffer.wrap(chunk.toByteArray()));
        }
        return chunks;
    }

    /**
     * Divides chunks by who had the id when each event was sent; the order stays.
     *
     * @param owner returns who had it at a timestamp, in milliseconds since the epoch
     */
    static Map<String, List<ByteBuffer>> byOwner(List<ByteBuffer> chunks, LongFunction<String> owner) {
        Map<String, List<ByteBuffer>> owners = new LinkedHashMap<>();
        for (ByteBuffer chunk : chunks) {
            Map<String, ByteBuffer> parts = new LinkedHashMap<>();
            ByteBuffer rest = chunk.duplicate();
            while (rest.hasRemaining()) {
                int start = rest.position();
                int length = Long.BYTES + Integer.BYTES + rest.getInt(start + Long.BYTES);
                parts.computeIfAbsent(
                                owner.apply(rest.getLong(start)), absent -> ByteBuffer.allocate(chunk.remaining()))
                        .put(rest.slice(start, length));
                rest.position(start + length);
            }
            parts.forEach((id, part) ->
                    owners.computeIfAbsent(id, absent -> new ArrayList<>()).add(part.flip()));
        }
        return owners;
    }

    @Override
    public void close() {
        recent.clear();
        rested.clear();
        bytes = 0;
        if (resting != null) {
            resting.close();
            resting = null;
        }
    }
}
