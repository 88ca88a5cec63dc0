// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the decisions that a {@code read_committed} reader sees, in a thread of its own. They are decoded only when they are
 * taken, because the processor runs on the same cores.
 */
final class FollowedDecisions implements AutoCloseable {
    private final Settings settings;
    private final TriggerDecisionCodec codec;
    private final ConcurrentLinkedQueue<byte[]> values = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile long lastAt;
    private volatile boolean over;

    /** Must be called once the topics exist. */
    FollowedDecisions(Settings settings) {
        this.settings = settings;
        this.codec = new TriggerDecisionCodec(
                new DirectorySchemaRegistry(settings.registryDirectory()),
                settings.topics().names().activations());
        Thread reader = new Thread(this::read, "decisions");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        List<TopicPartition> partitions = IntStream.range(0, settings.topics().partitions())
                .mapToObj(partition ->
                        new TopicPartition(settings.topics().names().activations(), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!over) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    values.add(record.value());
                    lastAt = System.nanoTime();
                    size.incrementAndGet();
                }
            }
        }
    }

    /** How many have come since they were last taken. */
    int size() {
        return size.get();
    }

    /** When the last one came, as {@link System#nanoTime} counts. */
    long lastAt() {
        return lastAt;
    }

    /** Returns those that have come since the last call. */
    List<TriggerDecision> take() throws BadRecord {
        List<TriggerDecision> taken = new ArrayList<>();
        for (byte[] value = values.poll(); value != null; value = values.poll()) {
            taken.add(codec.decode(value));
        }
        size.addAndGet(-taken.size());
        return taken;
    }

    @Override
    public void close() {
        over = true;
    }
}
