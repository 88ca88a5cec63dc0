// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.topology.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the retained dead letters once, up to the end of the topic at the time it was opened. For one thread. */
public final class DeadLetters implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** By then, a processor's transaction is committed or rolled back. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final @Nullable Instant since;
    private final Map<Integer, Set<Long>> sentBack = new HashMap<>();
    private long strange;

    private DeadLetters(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, @Nullable Instant since) {
        this.consumer = consumer;
        this.ends = ends;
        this.since = since;
    }

    /**
     * A dead letter and its place.
     *
     * @param partition of the dead-letter topic
     * @param offset in that partition
     * @param refusedAt when the processor rejected the record
     * @param sentBack true if it was already sent back
     */
    public record Found(int partition, long offset, Instant refusedAt, boolean sentBack, DeadLetter letter) {}

    /**
     * Finds the end of the topic and the letters that were already sent back.
     *
     * @param since only letters rejected at this instant or later; null for all
     * @throws CannotStart if the cluster cannot be used or the topic does not exist
     */
    public static DeadLetters open(Settings settings, @Nullable Instant since) throws InterruptedException {
        Map<TopicPartition, Long> ends = ends(settings);
        DeadLetters letters = new DeadLetters(
                new KafkaConsumer<>(
                        StreamsProperties.reader(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                ends,
                since);
        try {
            letters.readMarks();
            return letters;
        } catch (KafkaException refusal) {
            letters.close();
            throw new CannotStart("The dead letters cannot be read: " + Failures.sentence(refusal), refusal);
        }
    }

    /**
     * Reads the uncommitted ends, too: a transaction in progress may contain a mark, so the reader waits for its end.
     */
    private static Map<TopicPartition, Long> ends(Settings settings) throws InterruptedException {
        String topic = settings.topics().names().deadLetters();
        ClusterDoor.requireTopic(settings, topic);
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            Map<TopicPartition, OffsetSpec> latest =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition.partition()),
                                    partition -> OffsetSpec.latest()));
            return admin
                    .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> offset(end.getValue())));
        } catch (ExecutionException | KafkaException failure) {
            throw Failures.atStart(
                    failure,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        }
    }

    private static long offset(ListOffsetsResult.ListOffsetsResultInfo end) {
        return end.offset();
    }

    private void readMarks() {
        readAll(record -> {
            OptionalLong marked = DeadLetter.markedOffset(record);
            if (marked.isPresent()) {
                sentBack.computeIfAbsent(record.partition(), any -> new HashSet<>())
                        .add(marked.getAsLong());
            }
        });
    }

    /** Passes every letter to the reader, in order within each partition. May be called more than once. */
    public void forEach(Consumer<Found> reader) {
        strange = 0;
        readAll(record -> {
            Optional<DeadLetter> letter = DeadLetter.read(record);
            if (letter.isPresent()) {
                reader.accept(new Found(
                        record.partition(),
                        record.offset(),
                        Instant.ofEpochMilli(record.timestamp()),
                        sentBack.getOrDefault(record.partition(), Set.of()).contains(record.offset()),
                        letter.get()));
            } else if (DeadLetter.markedOffset(record).isEmpty()) {
                strange++;
            }
        });
    }

    /** Returns how many records of the last reading are not dead letters of a processor. */
    public long strange() {
        return strange;
    }

    /** @throws CannotStart if a transaction in progress does not end */
    private void readAll(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<TopicPartition> left = new ArrayList<>(ends.keySet());
        consumer.assign(left);
        seek(left);
        long end = System.nanoTime() + PATIENCE.toNanos();
        left.removeIf(this::isRead);
        while (!left.isEmpty()) {
            consumer.assign(left);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                end = System.nanoTime() + PATIENCE.toNanos();
                if (isRequested(record)) {
                    reader.accept(record);
                }
            }
            left.removeIf(this::isRead);
            if (System.nanoTime() > end) {
                throw new CannotStart(
                        "The dead letters in " + left + " cannot be read to their end: the broker is unreachable,"
                                + " or a transaction on them does not end. Try again later.");
            }
        }
    }

    private boolean isRead(TopicPartition partition) {
        return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
    }

    private boolean isRequested(ConsumerRecord<byte[], byte[]> record) {
        long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
        return record.offset() < end && (since == null || record.timestamp() >= since.toEpochMilli());
    }

    private void seek(List<TopicPartition> partitions) {
        consumer.seekToBeginning(partitions);
        if (since != null) {
            long from = since.toEpochMilli();
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> from)));
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp first = found.get(partition);
                consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
