// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.Settings;
import dev.segue.runtime.cluster.StreamsProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads whole partitions of one topic, and then what is added to them. For one thread. */
final class LetterReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** By then, the transaction of an instance that was killed is rolled back. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Following must not keep its thread from other work. */
    private static final int MOST_POLLS = 10;

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Admin admin;

    LetterReader(Settings settings, String topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                StreamsProperties.reader(settings), new StringDeserializer(), new ByteArrayDeserializer());
        this.admin = Admin.create(StreamsProperties.administration(settings));
    }

    /** The partitions of the topic. */
    Set<Integer> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> partition.partition())
                .collect(Collectors.toSet());
    }

    /**
     * Passes on every committed record of a partition, in order. Waits for the end of each transaction that has begun
     * before, because it may be one of the records.
     */
    void readAll(int partition, Consumer<ConsumerRecord<String, byte[]>> reader) {
        TopicPartition one = new TopicPartition(topic, partition);
        readAll(one, 0, end(one), reader);
    }

    /** As {@link #readAll(int, Consumer)}, from an offset on. */
    void readFrom(int partition, long from, Consumer<ConsumerRecord<String, byte[]>> reader) {
        TopicPartition one = new TopicPartition(topic, partition);
        readAll(one, from, end(one), reader);
    }

    private void readAll(
            TopicPartition partition, long from, long end, Consumer<ConsumerRecord<String, byte[]>> reader) {
        Set<TopicPartition> others = new HashSet<>(consumer.assignment());
        Map<TopicPartition, Long> positions =
                others.stream().collect(Collectors.toMap(other -> other, consumer::position));
        consumer.assign(Set.of(partition));
        if (from == 0) {
            consumer.seekToBeginning(Set.of(partition));
        } else {
            consumer.seek(partition, from);
        }
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                limit = System.nanoTime() + PATIENCE.toNanos();
                if (record.offset() < end) {
                    reader.accept(record);
                }
            }
            if (System.nanoTime() > limit) {
                throw new KafkaException(partition + " cannot be read to its end: a transaction does not end");
            }
        }
        others.remove(partition);
        Set<TopicPartition> all = new HashSet<>(others);
        all.add(partition);
        consumer.assign(all);
        others.forEach(other -> consumer.seek(other, positions.getOrDefault(other, 0L)));
        consumer.seek(partition, end);
    }

    /** The end that also counts what is not committed yet. */
    private long end(TopicPartition partition) {
        try {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (ExecutionException failure) {
            throw new KafkaException("the end of " + partition + " cannot be read", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", stopped);
        }
    }

    /** Passes on what was added to the partitions that were read. */
    void follow(Consumer<ConsumerRecord<String, byte[]>> reader) {
        if (consumer.assignment().isEmpty()) {
            return;
        }
        for (int round = 0; round < MOST_POLLS; round++) {
            ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ZERO);
            records.forEach(reader);
            if (records.isEmpty()) {
                return;
            }
        }
    }

    void forget(Collection<Integer> partitions) {
        Set<TopicPartition> left = new HashSet<>(consumer.assignment());
        partitions.forEach(number -> left.remove(new TopicPartition(topic, number)));
        Map<TopicPartition, Long> positions =
                left.stream().collect(Collectors.toMap(other -> other, consumer::position));
        consumer.assign(left);
        positions.forEach(consumer::seek);
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ofSeconds(5));
    }
}
