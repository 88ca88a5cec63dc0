// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the records of several partitions into order of their timestamps, as Kafka Streams does; those of one partition stay
 * in their order. For one thread.
 */
final class InOrder {
    /** A partition with more records than that waits for the others. */
    private static final int MANY = 5_000;

    private static final Comparator<ConsumerRecord<byte[], byte[]>> ORDER =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparing(ConsumerRecord::partition);

    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> open = new HashMap<>();
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> ended = new HashMap<>();

    InOrder(Set<TopicPartition> partitions) {
        partitions.forEach(partition -> open.put(partition, new ArrayDeque<>()));
    }

    /** Returns whether all records have been taken. */
    boolean isDone() {
        return open.isEmpty() && ended.isEmpty();
    }

    /** The partitions of which further records are needed. */
    Set<TopicPartition> wanted() {
        return open.entrySet().stream()
                .filter(queue -> queue.getValue().size() <= MANY)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The other ones. */
    Set<TopicPartition> unwanted() {
        Set<TopicPartition> rest = open.entrySet().stream()
                .filter(queue -> queue.getValue().size() > MANY)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        rest.addAll(ended.keySet());
        return rest;
    }

    /** @param isEnd whether the partition has no further records */
    void add(TopicPartition partition, Collection<ConsumerRecord<byte[], byte[]>> records, boolean isEnd) {
        Deque<ConsumerRecord<byte[], byte[]>> queue = open.get(partition);
        if (queue == null) {
            throw new IllegalArgumentException(partition + " has ended");
        }
        queue.addAll(records);
        if (isEnd) {
            open.remove(partition);
            ended.put(partition, queue);
        }
    }

    /** Returns the next records, as far as no earlier one can follow. */
    List<ConsumerRecord<byte[], byte[]>> take() {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        ended.values().removeIf(Deque::isEmpty);
        if (open.values().stream().anyMatch(Deque::isEmpty)) {
            return taken;
        }
        PriorityQueue<Deque<ConsumerRecord<byte[], byte[]>>> next =
                new PriorityQueue<>(Comparator.comparing(Deque::element, ORDER));
        next.addAll(open.values());
        next.addAll(ended.values());
        for (Deque<ConsumerRecord<byte[], byte[]>> queue = next.poll(); queue != null; queue = next.poll()) {
            taken.add(queue.remove());
            if (!queue.isEmpty()) {
                next.add(queue);
            } else if (open.containsValue(queue)) {
                break;
            }
        }
        ended.values().removeIf(Deque::isEmpty);
        return taken;
    }
}
