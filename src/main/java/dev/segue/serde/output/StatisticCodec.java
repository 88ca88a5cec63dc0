// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.StatisticWindow;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

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
        SubjectCounts.read(record, size, counts);
        return new Statistic(
                size,
                record.getStart().toEpochMilli(),
                new Subject(StatisticKind.valueOf(record.getKind().name()), record.getName()),
                counts);
    }

    private static void write(RecordWriter record, Statistic statistic) throws IOException {
        record.symbol(
                dev.segue.avro.StatisticKind.valueOf(statistic.subject().kind().name()));
        record.text(statistic.subject().name());
        record.symbol(StatisticWindow.valueOf(statistic.size().name()));
        record.whole(statistic.start());
        SubjectCounts.write(record, statistic);
    }
}
