// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.state.CorruptState;
import dev.segue.serde.state.StatisticBytes;
import dev.segue.statistics.Measure;
import dev.segue.statistics.SegmentShift;
import dev.segue.statistics.Slot;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import dev.segue.statistics.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Adds up the parts of all tasks into windows, and publishes each window that has changed. */
final class StatisticTotals implements Processor<byte[], byte[], byte[], Outgoing> {
    /** Bounds how long one record takes when many windows end at once; the next record goes on. */
    private static final int MOST_ENDED = 1000;

    private final TaskStatistics.Rules rules;
    private final Windows windows;
    private final StatisticCodec codec;
    private final Counters counters;
    private final ShiftWatch shifts;
    private ProcessorContext<byte[], Outgoing> context;
    private KeyValueStore<Bytes, byte[]> store;

    /** The latest hour of a part, in milliseconds since the epoch: each task sends one for every hour. */
    private long now = Long.MIN_VALUE;

    private long expired = Long.MIN_VALUE;

    /** @param shifted receives each segment that grows or shrinks by half within a day */
    StatisticTotals(
            TaskStatistics.Rules rules, StatisticCodec codec, Counters counters, Consumer<SegmentShift> shifted) {
        this.shifts = new ShiftWatch(this::hour, shifted);
        this.rules = rules;
        this.windows = new Windows(rules.zone());
        this.codec = codec;
        this.counters = counters;
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier supplier, boolean cached) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> builder = Stores.keyValueStoreBuilder(
                        supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
        return cached ? builder.withCachingEnabled() : builder.withCachingDisabled();
    }

    /** All parts of a subject go to one partition. */
    @SuppressWarnings("removal") // See Outgoing.
    static StreamPartitioner<byte[], Outgoing> bySubject() {
        return (topic, key, outgoing, partitions) -> Optional.of(
                Set.of(Utils.toPositive(Utils.murmur2(StatisticBytes.subject(StatisticBytes.slot(key)))) % partitions));
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        store = initialized.getStateStore(Nodes.STATISTICS);
        now = latestHour();
        expired = Long.MIN_VALUE;
    }

    /** A part of a window that is not kept any more must not begin it anew after a restart. */
    private long latestHour() {
        Bytes from = Bytes.wrap(StatisticBytes.firstKey(WindowSize.HOUR, 0));
        Bytes to = Bytes.wrap(StatisticBytes.firstKey(WindowSize.HOUR, Long.MAX_VALUE));
        try (KeyValueIterator<Bytes, byte[]> latest = store.reverseRange(from, to)) {
            return latest.hasNext()
                    ? StatisticBytes.statistic(latest.next().key.get(), new WindowCounts())
                            .start()
                    : Long.MIN_VALUE;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> part) {
        Slot slot;
        WindowCounts counts;
        try {
            slot = StatisticBytes.slot(part.key() == null ? new byte[0] : part.key());
            counts = StatisticBytes.read(part.value() == null ? new byte[0] : part.value());
        } catch (CorruptState foreign) {
            counters.refusedStatistic();
            return;
        }
        now = Math.max(now, slot.hour());
        boolean isDay = add(slot, counts, WindowSize.DAY, part.timestamp());
        boolean isHour = add(slot, counts, WindowSize.HOUR, part.timestamp());
        if (!isDay && !isHour) {
            counters.lateStatistic();
        }
        expire(part.timestamp());
    }

    /** Returns false if the window is not kept any more. */
    private boolean add(Slot slot, WindowCounts part, WindowSize size, long timestamp) {
        long start = windows.start(size, slot.hour());
        if (start < firstKept(size)) {
            return false;
        }
        Bytes key = Bytes.wrap(StatisticBytes.key(size, start, slot.subject()));
        byte[] stored = store.get(key);
        WindowCounts counts = stored == null ? new WindowCounts() : StatisticBytes.read(stored);
        counts.add(part, size);
        store.put(key, StatisticBytes.write(counts));
        publish(new Statistic(size, start, slot.subject(), counts), timestamp);
        if (part.get(Measure.HOUR_PARTITIONS) > 0 && size == WindowSize.HOUR) {
            shifts.look(slot, counts);
        }
        return true;
    }

    private @Nullable WindowCounts hour(Slot slot) {
        byte[] stored = store.get(Bytes.wrap(StatisticBytes.key(WindowSize.HOUR, slot.hour(), slot.subject())));
        return stored == null ? null : StatisticBytes.read(stored);
    }

    private long firstKept(WindowSize size) {
        Duration keep = switch (size) {
            case HOUR -> rules.settings().keepHours();
            case DAY -> rules.settings().keepDays();
        };
        return now - keep.toMillis();
    }

    private void publish(Statistic statistic, long timestamp) {
        send(statistic, codec.encode(statistic), timestamp);
    }

    private void send(Statistic statistic, byte @Nullable [] value, long timestamp) {
        int partition = context.taskId().partition();
        context.forward(new Record<>(StatisticCodec.key(statistic), Outgoing.to(partition, value), timestamp));
    }

    /** Deletes windows that are not kept any more, once an hour. */
    private void expire(long timestamp) {
        if (now <= expired) {
            return;
        }
        boolean isDone = true;
        for (WindowSize size : WindowSize.values()) {
            isDone &= expire(size, timestamp);
        }
        if (isDone) {
            expired = now;
        }
    }

    private boolean expire(WindowSize size, long timestamp) {
        Bytes from = Bytes.wrap(StatisticBytes.firstKey(size, 0));
        Bytes to = Bytes.wrap(StatisticBytes.firstKey(size, Math.max(0, firstKept(size))));
        List<Bytes> ended = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> old = store.range(from, to)) {
            while (old.hasNext() && ended.size() < MOST_ENDED) {
                ended.add(old.next().key);
            }
        }
        for (Bytes key : ended) {
            store.delete(key);
            send(StatisticBytes.statistic(key.get(), new WindowCounts()), null, timestamp);
        }
        return ended.size() < MOST_ENDED;
    }
}
