// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.event.Change;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.WindowSize;
import dev.segue.statistics.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How often customers entered and left each segment in each hour: by the statistics, and counted from the changes. */
final class CountedChanges {
    /** Some events of the shop are so old that their windows are not kept. */
    private static final long KEPT = Instant.parse("2016-01-01T00:00:00Z").toEpochMilli();

    private final Settings settings;
    private final DirectorySchemaRegistry registry;

    CountedChanges(Settings settings) {
        this.settings = settings;
        this.registry = new DirectorySchemaRegistry(settings.registryDirectory());
    }

    /** From the committed changes, one by one. */
    Map<String, Long> oneByOne() throws Exception {
        TopicNames names = settings.topics().names();
        ChangeCodec codec = new ChangeCodec(registry, names.changes());
        Map<String, Long> counts = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                CommittedRecords.read(settings.bootstrapServers(), names.changes())) {
            Change change = codec.decode(record.value());
            long hour = Windows.hour(change.effectiveAt().toEpochMilli());
            if (change.kind() != Change.Kind.UPDATED && hour >= KEPT) {
                counts.merge(change.segment() + " " + hour + " " + change.kind(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** From the windows of an hour in the topic of statistics. */
    Map<String, Long> ofStatistics() throws Exception {
        TopicNames names = settings.topics().names();
        StatisticCodec codec = new StatisticCodec(registry, names.statistics());
        Map<String, Statistic> windows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                CommittedRecords.read(settings.bootstrapServers(), names.statistics())) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                windows.remove(key);
            } else {
                windows.put(key, codec.decode(record.value()));
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        for (Statistic statistic : windows.values()) {
            if (statistic.size() == WindowSize.HOUR && statistic.start() >= KEPT) {
                String window = statistic.subject().name() + " " + statistic.start() + " ";
                put(counts, window + Change.Kind.ENTERED, statistic.counts().get(Measure.ENTERED));
                put(counts, window + Change.Kind.EXITED, statistic.counts().get(Measure.EXITED));
            }
        }
        return counts;
    }

    private static void put(Map<String, Long> counts, String key, long count) {
        if (count > 0) {
            counts.put(key, count);
        }
    }
}
