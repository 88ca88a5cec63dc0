// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.SegmentCounts;
import dev.segue.avro.StatisticWindow;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.StayBuckets;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statistics in Confluent's wire format. Safe for several threads. */
public final class StatisticCodec {
    private final OutputFormat<dev.segue.avro.Statistic> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public StatisticCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.Statistic.class);
    }

    /** The key of a record: window, start, kind and name, separated by bars. */
    public static byte[] key(Statistic statistic) {
        return String.join(
                        "|",
                        statistic.size().label(),
                        Instant.ofEpochMilli(statistic.start()).toString(),
                        statistic.subject().kind().label(),
                        statistic.subject().name())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(Statistic statistic) {
        return format.encode(record -> write(record, statistic));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a statistic
     * @throws RegistryException if the registry is unavailable
     */
    public Statistic decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.Statistic record = format.decode(bytes);
        WindowSize size = WindowSize.valueOf(record.getWindow().name());
        WindowCounts counts = new WindowCounts();
        read(record.getSegment(), size, counts);
        return new Statistic(
                size,
                record.getStart().toEpochMilli(),
                new Subject(StatisticKind.valueOf(record.getKind().name()), record.getName()),
                counts);
    }

    private static void read(@Nullable SegmentCounts segment, WindowSize size, WindowCounts counts) {
        if (segment == null) {
            return;
        }
        counts.add(Measure.members(size), segment.getSize());
        counts.add(Measure.partitions(size), segment.getPartitions());
        counts.add(Measure.ENTERED, segment.getEntered());
        counts.add(Measure.EXITED, segment.getExited());
        counts.add(Measure.ADJUSTED, segment.getAdjusted());
        segment.getStays().forEach(stay -> counts.addStays(StayBuckets.of(stay.getAtMost()), stay.getCount()));
    }

    private static void write(RecordWriter record, Statistic statistic) throws IOException {
        record.symbol(
                dev.segue.avro.StatisticKind.valueOf(statistic.subject().kind().name()));
        record.text(statistic.subject().name());
        record.symbol(StatisticWindow.valueOf(statistic.size().name()));
        record.whole(statistic.start());
        record.orNull(statistic, StatisticCodec::writeSegment);
    }

    private static void writeSegment(RecordWriter record, Statistic statistic) throws IOException {
        WindowCounts counts = statistic.counts();
        record.whole(counts.get(Measure.members(statistic.size())));
        record.whole(counts.get(Measure.partitions(statistic.size())));
        record.whole(counts.get(Measure.ENTERED));
        record.whole(counts.get(Measure.EXITED));
        record.whole(counts.get(Measure.ADJUSTED));
        Long median = counts.medianStay().isPresent() ? counts.medianStay().getAsLong() : null;
        record.orNull(median, RecordWriter::whole);
        record.list(counts.stays().entrySet(), StatisticCodec::writeStay);
    }

    private static void writeStay(RecordWriter record, Map.Entry<Integer, Long> stay) throws IOException {
        record.whole(StayBuckets.last(stay.getKey()));
        record.whole(stay.getValue());
    }
}
