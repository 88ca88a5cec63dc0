// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.StreamsProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The retained, committed records of the events topic, as of the time it was opened. They are read once, several
 * partitions at a time, without a consumer group: nothing is written or committed.
 */
public final class EventLog {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A broker that is restarted answers again by then. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int RECORDS_A_POLL = 5000;

    private final Settings settings;
    private final List<Extent> partitions;
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** The offsets of a partition, from the first to the one after the last. */
    private record Extent(TopicPartition partition, long begin, long end) {
        long records() {
            return end - begin;
        }
    }

    private EventLog(Settings settings, List<Extent> partitions) {
        this.settings = settings;
        this.partitions = partitions;
    }

    /** Reads one partition. For one thread. */
    public interface PartitionReader {
        /** Takes further records, in their order. */
        void read(Collection<ConsumerRecord<byte[], byte[]>> records);

        /** All records of the partition were read. */
        void end();
    }

    /**
     * Finds out how far the topic reaches.
     *
     * @throws CannotStart if the cluster cannot be used or the topic does not exist
     */
    public static EventLog open(Settings settings) throws InterruptedException {
        String topic = settings.topics().names().behaviorEvents();
        ClusterDoor.requireTopic(settings, topic);
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            List<TopicPartition> partitions =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, partitions, OffsetSpec.earliest());
            Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, partitions, OffsetSpec.latest());
            return new EventLog(
                    settings,
                    partitions.stream()
                            .map(partition -> new Extent(partition, offset(begins, partition), offset(ends, partition)))
                            .filter(extent -> extent.records() > 0)
                            .sorted(Comparator.comparingLong(Extent::records).reversed())
                            .toList());
        } catch (ExecutionException | KafkaException failure) {
            throw failure(failure, settings);
        }
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
    }

    private static long offset(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        ListOffsetsResultInfo found = offsets.get(partition);
        return found == null ? 0 : found.offset();
    }

    /**
     * Returns the latest timestamp of a record, in milliseconds since the epoch; empty if there are no records.
     *
     * @throws CannotStart if the cluster cannot be used
     */
    public OptionalLong latest() throws InterruptedException {
        List<TopicPartition> all = partitions.stream().map(Extent::partition).toList();
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            return offsets(admin, all, OffsetSpec.maxTimestamp()).values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .filter(timestamp -> timestamp >= 0)
                    .max();
        } catch (ExecutionException | KafkaException failure) {
            throw failure(failure, settings);
        }
    }

    /**
     * Returns from when on the topic still holds every event: the latest timestamp of a partition's first record, in
     * milliseconds since the epoch; empty if no event has ever been deleted.
     */
    public OptionalLong completeSince() {
        List<TopicPartition> shortened = partitions.stream()
                .filter(extent -> extent.begin() > 0)
                .map(Extent::partition)
                .toList();
        return shortened.stream().mapToLong(this::firstTimestamp).max();
    }

    private long firstTimestamp(TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                    return record.timestamp();
                }
            }
        }
        throw new CannotStart("The first event of partition " + partition
                + " cannot be read: no broker has answered for " + PATIENCE.toMinutes() + " minutes. Try again later.");
    }

    private static CannotStart failure(Exception failure, Settings settings) {
        return Failures.atStart(
                failure,
                settings.bootstrapServers(),
                settings.processing().startPatience().toSeconds());
    }

    /** The number of partitions with events. */
    public int partitions() {
        return partitions.size();
    }

    /** The number of offsets in all partitions; some of them are marks of transactions. */
    public long offsets() {
        return partitions.stream().mapToLong(Extent::records).sum();
    }

    /** The number of offsets that were read so far. Safe for any thread. */
    public long done() {
        return done.get();
    }

    /**
     * Reads every partition that has records, each with a reader of its own. May be called once.
     *
     * @param threads how many partitions are read at a time
     * @throws CannotStart if a partition cannot be read to its end
     */
    public void read(int threads, Supplier<PartitionReader> readers) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            partitions.forEach(partition -> running.add(pool.submit(() -> read(partition, readers.get()))));
            for (Future<?> one : running) {
                Object unused = one.get();
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof CannotStart cannot
                    ? cannot
                    : new CannotStart(
                            "The events cannot be read: " + Failures.sentence(failure.getCause()), failure.getCause());
        } finally {
            stopped.set(true);
            pool.shutdownNow();
        }
    }

    /**
     * Reads all partitions as one, in order of the records' timestamps; those of one partition stay in their order. May be
     * called once.
     *
     * @throws CannotStart if a partition cannot be read to its end
     */
    public void readInOrder(PartitionReader reader) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Extent> extents =
                    partitions.stream().collect(Collectors.toMap(Extent::partition, extent -> extent));
            consumer.assign(extents.keySet());
            extents.values().forEach(extent -> consumer.seek(extent.partition(), extent.begin()));
            InOrder order = new InOrder(extents.keySet());
            long patientUntil = System.nanoTime() + PATIENCE.toNanos();
            while (!order.isDone()) {
                consumer.resume(order.wanted());
                consumer.pause(order.unwanted());
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                for (TopicPartition partition : order.wanted()) {
                    Extent extent = extents.get(partition);
                    order.add(
                            partition,
                            polled.records(partition).stream()
                                    .filter(record -> record.offset() < extent.end())
                                    .toList(),
                            consumer.position(partition) >= extent.end());
                }
                List<ConsumerRecord<byte[], byte[]>> next = order.take();
                if (!next.isEmpty()) {
                    patientUntil = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > patientUntil) {
                    throw new CannotStart("The events cannot be read to their end: no broker has answered for "
                            + PATIENCE.toMinutes() + " minutes. Try again later.");
                }
                reader.read(next);
                done.addAndGet(next.size());
            }
        }
        reader.end();
    }

    private void read(Extent extent, PartitionReader reader) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = extent.partition();
            consumer.assign(List.of(partition));
            consumer.seek(partition, extent.begin());
            long position = extent.begin();
            long patientUntil = System.nanoTime() + PATIENCE.toNanos();
            while (position < extent.end() && !stopped.get()) {
                reader.read(consumer.poll(POLL).records(partition).stream()
                        .filter(record -> record.offset() < extent.end())
                        .toList());
                long next = Math.min(extent.end(), consumer.position(partition));
                if (next > position) {
                    patientUntil = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > patientUntil) {
                    throw new CannotStart("Partition " + partition + " cannot be read beyond offset " + position
                            + ": no broker has answered for " + PATIENCE.toMinutes() + " minutes. Try again later.");
                }
                done.addAndGet(next - position);
                position = next;
            }
        } catch (RuntimeException failure) {
            stopped.set(true);
            throw failure;
        }
        reader.end();
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>(StreamsProperties.reader(settings));
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        return config;
    }
}
