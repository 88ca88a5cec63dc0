// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.event.BadRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The latest records of a topic by a name in them, such as the segment of a change; and who wants to see new ones. */
final class RecentRecords<T> implements IndexedTopic {
    /** Records of each partition that are read at first. */
    private static final long TAIL = 2_000;

    private static final int MOST_OF_ONE = 50;
    private static final int MOST_NAMES = 5_000;
    /** A record with large data is shortened. */
    private static final int LARGE_BYTES = 8 * 1024;

    private final Decoder<T> decoder;
    private final Function<T, String> name;
    private final Function<T, T> shorten;
    private final Comparator<T> order;
    /** The name that was seen longest ago first. */
    private final Map<String, Deque<T>> byName = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    /** Reads the value of a record. */
    interface Decoder<T> {
        /** @throws BadRecord if the value is of another kind */
        T decode(byte[] value) throws BadRecord;
    }

    /** @param order the latest last */
    RecentRecords(Decoder<T> decoder, Function<T, String> name, Function<T, T> shorten, Comparator<T> order) {
        this.decoder = decoder;
        this.name = name;
        this.shorten = shorten;
        this.order = order;
    }

    @Override
    public Long tail() {
        return TAIL;
    }

    @Override
    public void take(String key, byte @Nullable [] value) throws BadRecord {
        if (value == null) {
            return;
        }
        T decoded = decoder.decode(value);
        T record = value.length > LARGE_BYTES ? shorten.apply(decoded) : decoded;
        remember(record);
        listeners.forEach(listener -> listener.accept(record));
    }

    private synchronized void remember(T record) {
        Deque<T> known = byName.computeIfAbsent(name.apply(record), absent -> new ArrayDeque<>());
        known.addFirst(record);
        if (known.size() > MOST_OF_ONE) {
            known.removeLast();
        }
        if (byName.size() > MOST_NAMES) {
            byName.remove(byName.keySet().iterator().next());
        }
    }

    @Override
    public synchronized void clear() {
        byName.clear();
    }

    /** Returns the latest records first: those of several partitions come in any order. */
    synchronized List<T> latest(String wanted, int most) {
        Deque<T> known = byName.get(wanted);
        if (known == null) {
            return List.of();
        }
        List<T> sorted = new ArrayList<>(known);
        sorted.sort(order.reversed());
        return sorted.subList(0, Math.min(most, sorted.size()));
    }

    Runnable follow(Consumer<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
