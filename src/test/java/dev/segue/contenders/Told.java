// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.BadRecord;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The changes that a contender has published so far, as a read_committed reader sees them. */
final class Told implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ChangeCodec codec;
    private final boolean segue;

    /** @param segue whether they are Segue's own records; all others write lines of text (see {@link ChangeText}) */
    Told(Stage stage, String topic, boolean segue) {
        this.segue = segue;
        this.codec = new ChangeCodec(new DirectorySchemaRegistry(stage.registry()), topic);
        this.consumer = stage.consumer();
        var partitions = Stage.partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on; returns whether there was something new. */
    boolean readOn(Consumer<Arrival> listener) throws BadRecord {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        // Taken before decoding, which is not part of the latency.
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            listener.accept(arrival(record.value(), micros));
        }
        return !records.isEmpty();
    }

    private Arrival arrival(byte[] value, long micros) throws BadRecord {
        if (segue) {
            Change change = codec.decode(value);
            return new Arrival(text(change), change.cause().eventId(), micros);
        }
        return new Arrival(ChangeText.parse(new String(value, StandardCharsets.UTF_8)), null, micros);
    }

    private static ChangeText text(Change change) {
        return new ChangeText(
                change.customerId(),
                change.segment(),
                change.kind().name(),
                change.effectiveAt().toEpochMilli(),
                change.cause().kind() == Cause.Kind.EVENT);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
