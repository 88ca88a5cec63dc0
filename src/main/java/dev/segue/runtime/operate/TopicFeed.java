// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.ClientSettings;
import dev.segue.event.BadRecord;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the committed records of an output from every partition, without a consumer group. For one thread. */
public final class TopicFeed<T> implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Decoder<T> decoder;
    private final List<TopicPartition> partitions;
    private long foreign;
    private @Nullable String firstForeign;

    /** Reads the value of a record. */
    public interface Decoder<T> {
        /** @throws BadRecord if the value is of another kind */
        T decode(byte[] value) throws BadRecord;
    }

    private TopicFeed(KafkaConsumer<byte[], byte[]> consumer, Decoder<T> decoder, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.partitions = partitions;
    }

    /** @throws CannotStart if no broker answers within a few seconds, or the topic does not exist */
    public static <T> TopicFeed<T> open(ClientSettings settings, String topic, Decoder<T> decoder) {
        ClusterDoor.requireTopic(settings, topic);
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putAll(settings.properties());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        return new TopicFeed<>(consumer, decoder, partitions);
    }

    /** Continues with the oldest retained record. */
    public void fromBeginning() {
        consumer.seekToBeginning(partitions);
    }

    /** Continues with records that are written from now on. */
    public void fromNow() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Continues with the first record whose timestamp is the instant or later. */
    public void since(Instant instant) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, instant.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp offset = found.get(partition);
            if (offset == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        }
    }

    /** Returns true if everything was read that had been committed at the time of the call. */
    public boolean atEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    /**
     * Returns the next records; may be empty after the given time.
     *
     * @throws dev.segue.serde.registry.RegistryException if the registry does not answer
     */
    public List<T> poll(Duration patience) {
        List<T> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            try {
                found.add(decoder.decode(record.value()));
            } catch (BadRecord bad) {
                foreign++;
                if (firstForeign == null) {
                    firstForeign =
                            "partition " + record.partition() + ", offset " + record.offset() + ": " + bad.getMessage();
                }
            }
        }
        return found;
    }

    /** Returns how many records were skipped because they cannot be decoded. */
    public long foreign() {
        return foreign;
    }

    /** Returns the place of the first of them and why it cannot be; null if there was none. */
    public @Nullable String firstForeign() {
        return firstForeign;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
