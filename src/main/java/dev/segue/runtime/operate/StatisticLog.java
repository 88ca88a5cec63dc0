// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.statistics.Statistic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the published statistics, up to the end of the topic. */
public final class StatisticLog {
    private static final Duration POLL = Duration.ofMillis(500);

    /** By then, a processor's transaction is committed or rolled back, and a restarted broker answers. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Settings settings;
    private final String topic;

    public StatisticLog(Settings settings) {
        this.settings = settings;
        this.topic = settings.topics().names().statistics();
    }

    /**
     * Returns the latest counts of every window that is wanted, in no particular order.
     *
     * @throws CannotStart if the cluster cannot be used, the topic does not exist, or a record is not a statistic
     */
    public Collection<Statistic> read(Predicate<Statistic> wanted) {
        ClusterDoor.requireTopic(settings, topic);
        Map<String, Statistic> found = new HashMap<>();
        StatisticCodec codec = new StatisticCodec(Registries.of(settings), topic);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                StreamsProperties.reader(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    add(record, codec, wanted, found);
                    until = System.nanoTime() + PATIENCE.toNanos();
                }
                if (System.nanoTime() > until) {
                    throw new CannotStart("The statistics in " + topic
                            + " cannot be read to their end: the broker is unreachable. Try again later.");
                }
            }
        } catch (KafkaException refusal) {
            throw new CannotStart("The statistics cannot be read: " + Failures.sentence(refusal), refusal);
        }
        return found.values();
    }

    private static void add(
            ConsumerRecord<byte[], byte[]> record,
            StatisticCodec codec,
            Predicate<Statistic> wanted,
            Map<String, Statistic> found) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            found.remove(key);
            return;
        }
        try {
            Statistic statistic = codec.decode(record.value());
            if (wanted.test(statistic)) {
                found.put(key, statistic);
            }
        } catch (BadRecord foreign) {
            throw new CannotStart("Topic " + record.topic() + " has a record that is not a statistic, in partition "
                    + record.partition() + " at offset " + record.offset() + ": " + foreign.getMessage()
                    + (foreign.reason() == BadRecord.Reason.UNKNOWN_SCHEMA
                            ? ". If the processor uses another schema registry, set that one under 'registry'."
                            : ""));
        }
    }
}
