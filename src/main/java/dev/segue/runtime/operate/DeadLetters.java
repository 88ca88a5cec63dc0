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

/** Reads the dead letters that are kept, once, up to where they ended when it was opened. For one thread. */
public final class DeadLetters implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A processor's transaction that is under way is closed or rolled back by then. */
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
     * One dead letter and where it stands.
     *
     * @param partition of the topic of dead letters
     * @param offset in that partition
     * @param refusedAt when the processor refused the record
     * @param sentBack whether it was sent back already
     */
    public record Found(int partition, long offset, Instant refusedAt, boolean sentBack, DeadLetter letter) {}

    /**
     * Looks where the letters end, and which of them were sent back.
     *
     * @param since only those refused at this instant or later; null for all
     * @throws CannotStart where the cluster cannot be used or has no such topic
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
     * The ends as everybody sees them, not only readers of what is committed: what a transaction under way hides is waited
     * for, because a mark may stand behind it.
     */
    private static Map<TopicPartition, Long> ends(Settings settings) throws InterruptedException {
        String topic = settings.topics().names().deadLetters();
        ClusterDoor.requireTopic(settings, topic);
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            Map<TopicPartition, OffsetSpec> asked =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition.partition()),
                                    partition -> OffsetSpec.latest()));
            return admin
                    .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
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

    /** Hands over every letter, those of one partition in their order. May be called more than once. */
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

    /** How many records of the last reading are no dead letters of a processor's. */
    public long strange() {
        return strange;
    }

    /** @throws CannotStart where a transaction under way does not end */
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
                if (isAsked(record)) {
                    reader.accept(record);
                }
            }
            left.removeIf(this::isRead);
            if (System.nanoTime() > end) {
                throw new CannotStart(
                        "The dead letters in " + left + " cannot be read to their end: the broker is away,"
                                + " or a transaction on them does not end. Try again later.");
            }
        }
    }

    private boolean isRead(TopicPartition partition) {
        return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
    }

    private boolean isAsked(ConsumerRecord<byte[], byte[]> record) {
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
