// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.CollectorSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.config.WriteKey;
import dev.segue.event.Event;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.runtime.cluster.Topics;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A collector that writes to a real broker, and what is in its topics. */
public final class BrokerCollector implements AutoCloseable {
    public static final String KEY = "test-key-1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public final Settings settings;
    public final Collector collector;

    /** @param name prefix of the topics */
    public BrokerCollector(String bootstrapServers, String name, Path directory) throws Exception {
        settings = Settings.defaults()
                .withBootstrapServers(bootstrapServers)
                .withPlaces(
                        Path.of("schemas"),
                        SegmentSettings.in(directory.resolve("segments")),
                        directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed(name + "."), 3, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withCollector(CollectorSettings.defaults()
                        .withPort(0)
                        .withKeys(List.of(new WriteKey("test", KEY, "stated", Set.of(), 1_000_000))));
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            new Topics(admin, settings).createOrCheck();
        }
        collector = Collector.open(settings, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    /** All events of the topic, each customer's in its order. */
    public List<Event> events() throws Exception {
        EventDecoder decoder = new EventDecoder(
                EventSchemas.read(Path.of("schemas", "events")),
                new DirectorySchemaRegistry(settings.registryDirectory()));
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                records(settings.topics().names().behaviorEvents())) {
            events.add(decoder.decode(new String(record.key(), StandardCharsets.UTF_8), record.value()));
        }
        return events;
    }

    /**
     * The committed records of a topic. A transaction that has just ended is waited for: its markers are written after its
     * producer was told.
     */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed");
                KafkaConsumer<byte[], byte[]> all = consumer("read_uncommitted")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = all.endOffsets(partitions);
            long limit = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                assertThat(System.nanoTime()).as("reads " + topic).isLessThan(limit);
            }
        }
        return records;
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        collector.close();
    }
}
