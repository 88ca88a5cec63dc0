// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import dev.segue.event.ProductFacts;
import dev.segue.serde.state.FactsCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the conductor knows of products, and what of it is still to be written for the tasks. All of it is stored at once,
 * because Streams may commit between the record that brought the facts and the message that takes them on. Not safe for
 * several threads.
 *
 * <p>Keys begin with a kind; those of {@link dev.segue.topology.population.PopulationTotals} in the same store are smaller.
 */
public final class KnownProducts {
    /** So many facts fit into one control message, and a task takes them in a millisecond or two. */
    public static final int MOST_AT_ONCE = 100;

    /** The product's id follows. */
    private static final byte KNOWN = 16;

    /** The number follows. */
    private static final byte TO_WRITE = 17;

    private static final byte LAST_INSTANT = 18;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long lastNumber;
    private long lastInstant;

    /** Facts that are still to be written. */
    private record Waiting(long number, ProductFacts facts) {}

    public KnownProducts(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.range(toWrite(0), toWrite(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                lastNumber = ByteBuffer.wrap(entry.key.get()).getLong(1);
                waiting.add(new Waiting(lastNumber, FactsCodec.read(entry.value)));
            }
        }
        byte[] instant = store.get(lastInstant());
        lastInstant =
                instant == null ? Long.MIN_VALUE : ByteBuffer.wrap(instant).getLong();
    }

    /**
     * Takes what a shop has sent, unless it says what is known.
     *
     * @param now the clock, in milliseconds since the epoch; an instant never lies before that of earlier facts
     * @return whether it says something new
     */
    public boolean take(ProductFacts sent, long now) {
        long at = Math.max(now, lastInstant);
        ProductFacts before = find(sent.productId());
        ProductFacts next = sent.from(at);
        // After its withdrawal a product begins anew.
        next = next.isWithdrawn() ? next : next.after(before);
        if (before == null ? next.isWithdrawn() : before.says(next)) {
            return false;
        }
        lastNumber++;
        byte[] stored = FactsCodec.write(next);
        store.put(known(next.productId()), next.isWithdrawn() ? null : stored);
        store.put(toWrite(lastNumber), stored);
        if (at != lastInstant) {
            store.put(lastInstant(), ByteBuffer.allocate(Long.BYTES).putLong(at).array());
            lastInstant = at;
        }
        waiting.add(new Waiting(lastNumber, next));
        return true;
    }

    private @Nullable ProductFacts find(String productId) {
        byte[] stored = store.get(known(productId));
        return stored == null ? null : FactsCodec.read(stored);
    }

    /** Returns whether there are enough facts for a message. */
    public boolean isMessageFull() {
        return waiting.size() >= MOST_AT_ONCE;
    }

    /** Returns the next facts that must be written, and takes them as written; empty if there are none. */
    public List<ProductFacts> takeMessage() {
        List<ProductFacts> next = new ArrayList<>();
        while (!waiting.isEmpty() && next.size() < MOST_AT_ONCE) {
            Waiting first = waiting.remove();
            store.delete(toWrite(first.number()));
            next.add(first.facts());
        }
        return next;
    }

    private static Bytes known(String productId) {
        byte[] id = productId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(KNOWN).put(id).array());
    }

    private static Bytes toWrite(long number) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                .put(TO_WRITE)
                .putLong(number)
                .array());
    }

    private static Bytes lastInstant() {
        return Bytes.wrap(new byte[] {LAST_INSTANT});
    }
}
