// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Topics in memory with consumers of them, which can fail. */
final class LogCluster {
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
    private @Nullable KafkaException failure;

    synchronized void create(String topic, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            logs.put(new TopicPartition(topic, partition), new ArrayList<>());
        }
    }

    synchronized void delete(String topic) {
        logs.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** Deletes a topic and creates it again, empty. */
    synchronized void replace(String topic) {
        logs.forEach((partition, log) -> {
            if (partition.topic().equals(topic)) {
                log.clear();
            }
        });
    }

    synchronized void add(String topic, int partition, String key, byte @Nullable [] value) {
        List<ConsumerRecord<byte[], byte[]>> log = logs.get(new TopicPartition(topic, partition));
        log.add(new ConsumerRecord<>(topic, partition, log.size(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    synchronized long size() {
        return logs.values().stream().mapToLong(List::size).sum();
    }

    /** Makes the next poll of a consumer fail. */
    synchronized void failOnce(KafkaException why) {
        failure = why;
    }

    Consumer<byte[], byte[]> consumer() {
        return new LogConsumer();
    }

    private synchronized Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        partitions.forEach(partition -> ends.put(
                partition, (long) logs.getOrDefault(partition, List.of()).size()));
        return ends;
    }

    /** Reads the logs; only what the index calls works. */
    private final class LogConsumer extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Long> positions =
                new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        private volatile boolean woken;

        LogConsumer() {
            super("none");
        }

        @Override
        public synchronized Set<TopicPartition> assignment() {
            return new HashSet<>(positions.keySet());
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> positions.putIfAbsent(partition, 0L));
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            positions.put(partition, offset);
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration patience) {
            return positions.get(partition);
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic, Duration patience) {
            synchronized (LogCluster.this) {
                return logs.keySet().stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .map(partition -> new PartitionInfo(topic, partition.partition(), null, null, null))
                        .toList();
            }
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration patience) {
            Map<TopicPartition, Long> starts = new HashMap<>();
            partitions.forEach(partition -> starts.put(partition, 0L));
            return starts;
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration patience) {
            return ends(partitions);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration patience) {
            if (woken) {
                throw new WakeupException();
            }
            synchronized (LogCluster.this) {
                KafkaException now = failure;
                failure = null;
                if (now != null) {
                    throw now;
                }
                Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
                Map<TopicPartition, Long> lost = new HashMap<>();
                positions.forEach((partition, position) -> {
                    List<ConsumerRecord<byte[], byte[]>> log = logs.getOrDefault(partition, List.of());
                    if (position > log.size()) {
                        lost.put(partition, position);
                    } else if (position < log.size()) {
                        found.put(partition, List.copyOf(log.subList(position.intValue(), log.size())));
                    }
                });
                if (!lost.isEmpty()) {
                    throw new OffsetOutOfRangeException(lost);
                }
                found.keySet()
                        .forEach(partition -> positions.put(
                                partition, (long) logs.get(partition).size()));
                return new ConsumerRecords<>(found, Map.of());
            }
        }

        @Override
        public synchronized void wakeup() {
            woken = true;
        }

        @Override
        public void close() {}
    }
}
