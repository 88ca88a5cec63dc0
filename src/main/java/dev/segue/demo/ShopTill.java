package dev.segue.demo;

import dev.segue.event.Event;
import dev.segue.serde.EventEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the shop's events to Kafka. A record's timestamp is its event's time. Not safe for several threads. */
final class ShopTill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final EventEncoder encoder;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    ShopTill(String bootstrapServers, String topic, EventEncoder encoder) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "simulated-shop",
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        8L << 20,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.encoder = encoder;
    }

    void send(Event event) {
        // The callback tells of a failure; awaitAcknowledgement throws it.
        var unused = producer.send(
                new ProducerRecord<>(
                        topic,
                        null,
                        event.time(),
                        event.customerId().getBytes(StandardCharsets.UTF_8),
                        encoder.encode(event)),
                (metadata, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    /**
     * Waits until the broker has everything that was sent.
     *
     * @throws IllegalStateException when the broker refused something
     */
    void awaitAcknowledgement() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("the broker refused an event: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
