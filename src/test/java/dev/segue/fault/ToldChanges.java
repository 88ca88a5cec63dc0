// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the changes that a read_committed reader sees. */
final class ToldChanges implements AutoCloseable {
    private final List<Change> changes = new ArrayList<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final ChangeCodec codec;

    /** Must be called once the topics exist. */
    ToldChanges(Settings settings) {
        String topic = settings.topics().names().changes();
        codec = new ChangeCodec(new DirectorySchemaRegistry(settings.registryDirectory()), topic);
        partitions = IntStream.range(0, settings.topics().partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All committed changes; those of one customer in order. */
    List<Change> all() throws BadRecord {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                changes.add(codec.decode(record.value()));
            }
        }
        return List.copyOf(changes);
    }

    /** The number of changes that the past of a definition gave. */
    long backfilled() throws BadRecord {
        return all().stream().filter(Change::backfilled).count();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
