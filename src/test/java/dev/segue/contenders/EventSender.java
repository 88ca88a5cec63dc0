// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import dev.segue.serde.event.EventEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends events to one topic, each with its own time as the record's timestamp. */
final class EventSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final EventEncoder encoder;

    EventSender(KafkaProducer<byte[], byte[]> producer, String topic, EventEncoder encoder) {
        this.producer = producer;
        this.topic = topic;
        this.encoder = encoder;
    }

    /**
     * Encodes an event as a record.
     *
     * @param partition null for the customer's own
     */
    ProducerRecord<byte[], byte[]> prepare(Event event, @Nullable Integer partition) {
        byte[] customer = event.customerId().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, partition, event.time(), customer, encoder.encode(event));
    }

    void send(ProducerRecord<byte[], byte[]> event) {
        var unused = producer.send(event);
    }

    /** @param partition null for the customer's own */
    void send(Event event, @Nullable Integer partition) {
        send(prepare(event, partition));
    }

    /** Waits until all events are acknowledged. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
