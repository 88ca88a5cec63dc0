// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.console.page.Freshness;
import dev.segue.event.BadRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far one topic has been read, and what of it could not be used. Written by one thread, read by any. */
final class TopicProgress {
    private final String topic;
    private final IndexedTopic records;
    /** The offset of the next record of each partition that has been found. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /** How far each partition must be read until the topic is whole. */
    private final Map<TopicPartition, Long> goals = new HashMap<>();

    private volatile Freshness.Topic shown;

    TopicProgress(String topic, IndexedTopic records) {
        this.topic = topic;
        this.records = records;
        this.shown = new Freshness.Topic(topic, false, false, 0, 0, null, 0, null);
    }

    String topic() {
        return topic;
    }

    IndexedTopic records() {
        return records;
    }

    Map<TopicPartition, Long> next() {
        return next;
    }

    Freshness.Topic shown() {
        return shown;
    }

    /** Takes a record; if it cannot be decoded, counts it. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        String problem = null;
        try {
            records.take(IndexedTopic.key(record), record.value());
        } catch (BadRecord bad) {
            problem = "partition " + record.partition() + ", offset " + record.offset() + ": " + bad.getMessage();
        }
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        Freshness.Topic before = shown;
        Long latest = before.latest();
        shown = new Freshness.Topic(
                topic,
                true,
                before.isWhole(),
                before.read() + 1,
                before.behind(),
                latest == null ? record.timestamp() : Math.max(latest, record.timestamp()),
                before.undecodable() + (problem == null ? 0 : 1),
                first(before.firstUndecodable(), problem));
    }

    private static @Nullable String first(@Nullable String before, @Nullable String now) {
        return before == null ? now : before;
    }

    /** Notes how far partitions reached when they were found; some may have been found before. */
    void found(Map<TopicPartition, Long> ends) {
        goals.putAll(ends);
    }

    /** Notes how many records are left. */
    void looked(long behind) {
        goals.entrySet().removeIf(goal -> next.getOrDefault(goal.getKey(), 0L) >= goal.getValue());
        Freshness.Topic before = shown;
        shown = new Freshness.Topic(
                topic,
                true,
                before.isWhole() || goals.isEmpty() || behind == 0,
                before.read(),
                behind,
                before.latest(),
                before.undecodable(),
                before.firstUndecodable());
    }

    /** Begins again, because the topic is another one. */
    void clear() {
        next.clear();
        goals.clear();
        records.clear();
        shown = new Freshness.Topic(topic, false, false, 0, 0, null, 0, null);
    }
}
