// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.ClientSettings;
import dev.segue.config.Partitioner;
import dev.segue.event.Event;
import dev.segue.runtime.operate.EventPublisher;
import dev.segue.serde.event.EventEncoder;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Sends the shop's events to Kafka. Not safe for several threads. */
public final class ShopTill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BUFFER_BYTES = 8L << 20;

    private final EventPublisher publisher;

    /** @throws dev.segue.runtime.cluster.CannotStart if no broker answers, or the topic does not exist */
    ShopTill(String bootstrapServers, String topic, EventEncoder encoder) {
        Map<String, String> properties = Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "simulated-shop",
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Long.toString(BUFFER_BYTES),
                // So that every client can read the events, too.
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "gzip");
        this.publisher = EventPublisher.open(
                new ClientSettings(bootstrapServers, properties), topic, encoder, Partitioner.MURMUR2);
    }

    void send(Event event) {
        publisher.send(event);
    }

    /**
     * Blocks until the broker has acknowledged everything that was sent.
     *
     * @throws IllegalStateException if the broker rejected an event
     */
    void awaitAcknowledgement() {
        publisher.flush();
        Exception problem = publisher.firstFailure();
        if (problem != null) {
            throw new IllegalStateException("the broker rejected an event: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        publisher.close(PATIENCE);
    }
}
