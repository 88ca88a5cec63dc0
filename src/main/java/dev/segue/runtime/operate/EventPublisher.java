// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.ClientSettings;
import dev.segue.config.Partitioner;
import dev.segue.event.Event;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.serde.event.EventEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes events to a topic: the key is the customer, the record's timestamp is the event's time. */
public final class EventPublisher implements AutoCloseable {
    private final String topic;
    private final Optional<Duration> keeps;
    private final EventEncoder encoder;
    private final Partitioner partitioner;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();

    private EventPublisher(
            String topic,
            Optional<Duration> keeps,
            EventEncoder encoder,
            Partitioner partitioner,
            KafkaProducer<String, byte[]> producer) {
        this.topic = topic;
        this.keeps = keeps;
        this.encoder = encoder;
        this.partitioner = partitioner;
        this.producer = producer;
    }

    /** @throws CannotStart if no broker answers within a few seconds, or the topic does not exist */
    public static EventPublisher open(
            ClientSettings settings, String topic, EventEncoder encoder, Partitioner partitioner) {
        ClusterDoor.requireTopic(settings, topic);
        return new EventPublisher(
                topic,
                ClusterDoor.keeps(settings, topic),
                encoder,
                partitioner,
                new KafkaProducer<>(producerSettings(settings), new StringSerializer(), new ByteArraySerializer()));
    }

    /** Common properties of all event producers. The user's properties take precedence. */
    static Map<String, Object> producerSettings(ClientSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // With several requests in flight, the first ones to a new topic can arrive out of order while its leaders are
        // still being elected; the broker then rejects every batch (OUT_OF_ORDER_SEQUENCE_NUMBER) until the delivery
        // timeout. With one, no batch can be accepted before an earlier one.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        config.putAll(settings.properties());
        return config;
    }

    /**
     * Sends one event, perhaps later; blocks while too many are in flight.
     *
     * @throws dev.segue.serde.registry.RegistryException if its schema cannot be registered
     */
    public void send(Event event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition(event), event.time(), event.customerId(), encoder.encode(event));
        // The callback handles every failure, so the future is not needed.
        Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                delivered.incrementAndGet();
            } else {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, failure);
            }
        });
    }

    /** Null leaves the choice to the producer, which uses murmur2 by default and whose properties the user may set. */
    private @Nullable Integer partition(Event event) {
        if (partitioner != Partitioner.CRC32) {
            return null;
        }
        byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
        return partitioner.partition(key, producer.partitionsFor(topic).size());
    }

    /**
     * Returns how long the topic keeps an event, counted from the event's own time: an older one may be deleted at
     * once.
     *
     * @return empty if events are kept for ever, or the retention is unknown
     */
    public Optional<Duration> keeps() {
        return keeps;
    }

    /** Blocks until every event that was sent is delivered or has failed. */
    public void flush() {
        producer.flush();
    }

    public long delivered() {
        return delivered.get();
    }

    public long failed() {
        return failed.get();
    }

    /** The first failure, or null. */
    public @Nullable Exception firstFailure() {
        return firstFailure.get();
    }

    /** Waits for events in flight, but not longer than the given time; events still in flight then have failed. */
    public void close(Duration patience) {
        producer.close(patience);
    }

    /** Waits for events in flight, at most for the delivery timeout. */
    @Override
    public void close() {
        producer.close();
    }
}
