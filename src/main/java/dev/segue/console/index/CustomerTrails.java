// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.console.page.CustomerTrail;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.Failures;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the latest records of the partitions that a customer's events, changes and decisions are in. Safe for several threads. */
final class CustomerTrails {
    /** Records of each topic. */
    private static final long TAIL = 50_000;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Each reads three partitions, which costs the broker something. */
    private static final int AT_ONCE = 2;

    private final Settings settings;
    private final EventDecoder events;
    private final ChangeCodec changes;
    private final TriggerDecisionCodec decisions;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    CustomerTrails(
            Settings settings,
            EventDecoder events,
            SchemaRegistry registry,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        TopicNames names = settings.topics().names();
        this.settings = settings;
        this.events = events;
        this.changes = new ChangeCodec(registry, names.changes());
        this.decisions = new TriggerDecisionCodec(registry, names.activations());
        this.consumers = consumers;
    }

    /** What has been found so far. */
    private static final class Found {
        final List<Event> events = new ArrayList<>();
        final List<Change> changes = new ArrayList<>();
        final List<TriggerDecision> decisions = new ArrayList<>();

        @Nullable
        Long since;

        int undecodable;

        CustomerTrail trail(@Nullable String trouble) {
            String unread = undecodable == 0 ? null : undecodable + " of the customer's records cannot be decoded.";
            return new CustomerTrail(
                    events,
                    changes,
                    decisions,
                    since == null ? null : Instant.ofEpochMilli(since),
                    trouble == null ? unread : trouble);
        }
    }

    CustomerTrail read(String customer) {
        Found found = new Found();
        boolean hasTurn = false;
        try {
            hasTurn = turns.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (!hasTurn) {
                return found.trail("Too many time lines are being read. Load the page again.");
            }
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                boolean isWhole = read(consumer, customer, found);
                return found.trail(
                        isWhole
                                ? null
                                : "The log could not be read to its end in " + LONGEST.toSeconds()
                                        + " s; the latest records may be missing.");
            }
        } catch (KafkaException | RegistryException away) {
            return found.trail("The log cannot be read: " + Failures.sentence(away));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return found.trail("The console is being stopped.");
        } finally {
            if (hasTurn) {
                turns.release();
            }
        }
    }

    /** Returns whether the ends of all partitions were reached. */
    private boolean read(Consumer<byte[], byte[]> consumer, String customer, Found found) {
        byte[] key = customer.getBytes(StandardCharsets.UTF_8);
        List<TopicPartition> partitions = partitions(consumer, key);
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, LONGEST);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, LONGEST));
        Set<TopicPartition> shortened = new HashSet<>();
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long from = Math.max(begin, ends.getOrDefault(partition, 0L) - TAIL);
            consumer.seek(partition, from);
            if (from > begin) {
                shortened.add(partition);
            }
        }
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!ends.isEmpty() && System.nanoTime() < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (shortened.remove(new TopicPartition(record.topic(), record.partition()))) {
                    // Of several topics, the one that reaches back least says how far the time line is whole.
                    found.since = found.since == null ? record.timestamp() : Math.max(found.since, record.timestamp());
                }
                if (Arrays.equals(key, record.key())) {
                    take(record, customer, found);
                }
            }
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        return ends.isEmpty();
    }

    /** All topics have a customer in the partition of the same number. */
    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, byte[] key) {
        TopicNames names = settings.topics().names();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(names.behaviorEvents(), names.changes(), names.activations())) {
            List<PartitionInfo> all = consumer.partitionsFor(topic, LONGEST);
            if (all != null && !all.isEmpty() && key.length > 0) {
                partitions.add(new TopicPartition(
                        topic, settings.topics().partitioner().partition(key, all.size())));
            }
        }
        return partitions;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, String customer, Found found) {
        TopicNames names = settings.topics().names();
        try {
            if (record.topic().equals(names.behaviorEvents())) {
                found.events.add(events.decode(customer, record.value()));
            } else if (record.value() != null && record.topic().equals(names.changes())) {
                found.changes.add(changes.decode(record.value()));
            } else if (record.value() != null) {
                found.decisions.add(decisions.decode(record.value()));
            }
        } catch (BadRecord bad) {
            found.undecodable++;
        }
    }
}
