// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The broker's view of the processors: which records of the topic of events are committed, and by which instance. */
final class GroupProgress {
    private final Admin admin;
    private final String group;
    private final String topic;

    GroupProgress(Admin admin, String group, String topic) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
    }

    /** The number of committed records; -1 before the first commit, which may contain ticks only. */
    long total() throws Exception {
        return offsets().isEmpty()
                ? -1
                : committed().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number of committed records by partition; partitions without any may be missing. */
    Map<Integer, Long> committed() throws Exception {
        return committed(topic);
    }

    /** As {@link #committed()}, of another topic. */
    Map<Integer, Long> committed(String other) throws Exception {
        Map<Integer, Long> committed = new TreeMap<>();
        offsets().forEach((partition, offset) -> {
            if (partition.topic().equals(other)) {
                committed.put(partition.partition(), offset.offset());
            }
        });
        return committed;
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    /** The number of events by partition. */
    Map<Integer, Long> records(Set<Integer> partitions) throws Exception {
        return ends(topic, partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offsets up to which a read_committed reader of another topic can read these partitions now. */
    Map<Integer, Long> visible(String other, Set<Integer> partitions) throws Exception {
        return ends(other, partitions, IsolationLevel.READ_COMMITTED);
    }

    private Map<Integer, Long> ends(String name, Set<Integer> partitions, IsolationLevel level) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = partitions.stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(name, partition), partition -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new TreeMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(level))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** Returns whether the first is ahead of the second in each of these partitions. */
    static boolean ahead(Map<Integer, Long> first, Map<Integer, Long> second, Set<Integer> partitions) {
        return partitions.stream()
                .allMatch(partition -> first.getOrDefault(partition, 0L) > second.getOrDefault(partition, 0L));
    }

    /**
     * The partitions assigned to an instance in the broker's view, which still contains a dead instance for a while.
     */
    Set<Integer> partitionsOf(String instance) throws Exception {
        if (admin.listGroups().valid().get().stream()
                .noneMatch(one -> one.groupId().equals(group))) {
            return Set.of();
        }
        ConsumerGroupDescription description =
                admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        return description.members().stream()
                // Streams appends the number of the thread.
                .filter(member -> member.groupInstanceId()
                        .orElse("")
                        .replaceFirst("-[0-9]+$", "")
                        .equals(instance))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
