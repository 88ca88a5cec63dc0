// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.Settings;
import dev.segue.runtime.cluster.StreamsProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes what has become of letters, and how far decisions are dealt with, in one transaction: both or nothing. The offsets
 * name the member of the group, so the broker refuses the transaction of an instance that has lost its partitions. For one
 * thread.
 */
final class LetterWriter implements AutoCloseable {
    /** Also bounds how long the next owner waits for a transaction that a killed instance left open. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final String decisions;

    private LetterWriter(KafkaProducer<String, byte[]> producer, String decisions) {
        this.producer = producer;
        this.decisions = decisions;
    }

    /** @param group of the endpoint */
    static LetterWriter open(Settings settings, String group) {
        // The id is new each time: the group, not the producer, says who may write.
        Map<String, Object> properties = StreamsProperties.writer(settings, group + "-" + UUID.randomUUID());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TRANSACTION_MILLIS / 2);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        LetterWriter writer =
                new LetterWriter(producer, settings.topics().names().activations());
        try {
            producer.initTransactions();
            return writer;
        } catch (RuntimeException failure) {
            writer.close();
            throw failure;
        }
    }

    /**
     * Writes all that is to be written about these partitions.
     *
     * @param member of the group that owns the partitions
     * @throws org.apache.kafka.common.KafkaException if nothing was written, or it is unknown whether; everything must be
     *     read again then
     */
    void write(Collection<OwnedPartition> partitions, ConsumerGroupMetadata member) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (OwnedPartition partition : partitions) {
            long offset = partition.committable();
            if (offset != partition.committed() || !partition.unwritten().isEmpty()) {
                offsets.put(new TopicPartition(decisions, partition.number()), new OffsetAndMetadata(offset));
            }
        }
        if (!offsets.isEmpty()) {
            commit(partitions, offsets, member);
        }
    }

    /** As {@link #write}, but always: afterwards it is certain that the partitions are still owned. */
    void confirm(Collection<OwnedPartition> partitions, ConsumerGroupMetadata member) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(
                new TopicPartition(decisions, partition.number()), new OffsetAndMetadata(partition.committable())));
        if (!offsets.isEmpty()) {
            commit(partitions, offsets, member);
        }
    }

    private void commit(
            Collection<OwnedPartition> partitions,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata member) {
        producer.beginTransaction();
        for (OwnedPartition partition : partitions) {
            for (ProducerRecord<String, byte[]> record : partition.unwritten().values()) {
                // A failure aborts the transaction; the commit then throws.
                var unused = producer.send(record);
            }
        }
        producer.sendOffsetsToTransaction(offsets, member);
        producer.commitTransaction();
        for (OwnedPartition partition : partitions) {
            OffsetAndMetadata offset = offsets.get(new TopicPartition(decisions, partition.number()));
            if (offset != null) {
                partition.written(offset.offset());
            }
        }
    }

    @Override
    public void close() {
        producer.close(LONGEST_CLOSE);
    }
}
