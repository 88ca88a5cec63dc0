// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.event.BadRecord;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counts of each window, by subject and by time. */
final class StatisticRows implements IndexedTopic {
    private final IndexStore store;
    private final StatisticCodec codec;

    StatisticRows(IndexStore store, StatisticCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    public @Nullable Long tail() {
        return null;
    }

    @Override
    public void take(String key, byte @Nullable [] value) throws BadRecord {
        if (value == null) {
            remove(key);
            return;
        }
        Statistic statistic = codec.decode(value);
        store.put(IndexKeys.bySubject(statistic.subject(), statistic.size(), statistic.start()), value);
        store.put(IndexKeys.byTime(statistic.subject(), statistic.size(), statistic.start()), value);
    }

    /** A tombstone says what it ends by its key only; see {@link StatisticCodec#key}. */
    private void remove(String key) throws BadRecord {
        String[] parts = key.split("\\|", 4);
        try {
            WindowSize size = WindowSize.valueOf(parts[0].toUpperCase(Locale.ROOT));
            long start = Instant.parse(parts[1]).toEpochMilli();
            Subject subject = new Subject(StatisticKind.valueOf(parts[2].toUpperCase(Locale.ROOT)), parts[3]);
            store.delete(IndexKeys.bySubject(subject, size, start));
            store.delete(IndexKeys.byTime(subject, size, start));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException malformed) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the key '" + key + "' is not window|start|kind|name");
        }
    }

    @Override
    public void clear() {
        store.clear(IndexKeys.statistics());
    }

    NavigableMap<Long, WindowCounts> windows(Subject subject, WindowSize size, long from) {
        NavigableMap<Long, WindowCounts> windows = new TreeMap<>();
        byte[] first = IndexKeys.bySubject(subject, size, from);
        store.scan(first, Arrays.copyOf(first, first.length - Long.BYTES), (key, value) -> {
            windows.put(IndexKeys.start(key), decoded(value).counts());
            return true;
        });
        return windows;
    }

    List<Statistic> statistics(StatisticKind kind, WindowSize size, long from) {
        List<Statistic> statistics = new ArrayList<>();
        byte[] first = IndexKeys.byTime(kind, size, from);
        store.scan(first, Arrays.copyOf(first, first.length - Long.BYTES), (key, value) -> {
            statistics.add(decoded(value));
            return true;
        });
        return statistics;
    }

    /** Only what could be decoded is stored. */
    private Statistic decoded(byte[] value) {
        try {
            return codec.decode(value);
        } catch (BadRecord impossible) {
            throw new IllegalStateException("a stored statistic cannot be read", impossible);
        }
    }
}
