// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.runtime.cluster.StreamsProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Searches the topic of profiles, which contains every customer with at least one change and no later erasure. */
final class KnownCustomers {
    private static final Duration POLL = Duration.ofMillis(500);

    private KnownCustomers() {}

    /**
     * Returns true if the customer has a published profile. Reads the whole topic once, since any partition may contain
     * it.
     *
     * @return empty if the topic cannot be read
     */
    static Optional<Boolean> knows(Settings settings, String customerId) {
        String topic = settings.topics().names().profiles();
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        try (KafkaConsumer<byte[], byte[]> profiles = new KafkaConsumer<>(
                StreamsProperties.reader(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<PartitionInfo> there = profiles.partitionsFor(topic);
            if (there == null || there.isEmpty()) {
                return Optional.empty();
            }
            List<TopicPartition> partitions = there.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            profiles.assign(partitions);
            profiles.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = profiles.endOffsets(partitions);
            boolean known = false;
            while (ends.entrySet().stream().anyMatch(end -> profiles.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> profile : profiles.poll(POLL)) {
                    if (Arrays.equals(profile.key(), key)) {
                        known = profile.value() != null;
                    }
                }
            }
            return Optional.of(known);
        } catch (KafkaException unreadable) {
            return Optional.empty();
        }
    }
}
