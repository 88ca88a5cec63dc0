// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.DeliverySettings;
import dev.segue.config.EndpointSettings;
import dev.segue.config.Settings;
import dev.segue.delivery.DeliveryMeters.Outcome;
import dev.segue.event.BadRecord;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.output.TriggerDecisionCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to one endpoint as a member of its consumer group, until something fails; then all that is in memory is given up
 * and a new session reads it from Kafka. For one thread.
 */
final class EndpointSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointSession.class);

    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final long COMMIT_MILLIS = 500;
    private static final long REQUESTS_MILLIS = 500;

    /** A letter that takes longer is stored, so that the offset need not wait for it. Most never are. */
    private static final long STORE_AFTER_MILLIS = 2_000;

    /** The limit of one fetch, in bytes: what is read counts for no other limit yet. */
    private static final int FETCH = 8 << 20;

    private final EndpointSettings endpoint;
    private final DeliverySettings limits;
    private final InstantSource clock;
    private final DeliveryMeters meters;
    private final TriggerDecisionCodec codec;
    private final String decisions;
    private final Map<Integer, OwnedPartition> owned = new TreeMap<>();
    private final Mailroom mailroom;
    private final KafkaConsumer<String, byte[]> consumer;
    private final LetterReader reader;
    private final StoredLetters stored;
    private final LetterWriter writer;
    private final Dispatch dispatch;
    private long nextCommit;
    private long nextLook;
    private boolean full;

    EndpointSession(
            Settings settings,
            EndpointSettings endpoint,
            Courier courier,
            TriggerDecisionCodec codec,
            InstantSource clock,
            DeliveryMeters meters) {
        this.endpoint = endpoint;
        this.limits = settings.delivery();
        this.clock = clock;
        this.meters = meters;
        this.codec = codec;
        this.decisions = settings.topics().names().activations();
        this.mailroom = new Mailroom(endpoint, settings.topics().names().deliveries(), limits.retries(), owned, meters);
        this.dispatch = new Dispatch(endpoint, courier, mailroom, meters);
        String group = group(settings, endpoint.name());
        // First, because it is what fails while Kafka does not answer.
        this.writer = LetterWriter.open(settings, group);
        Map<String, Object> properties = StreamsProperties.member(settings, group);
        properties.putIfAbsent("fetch.max.bytes", FETCH);
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.reader = new LetterReader(settings, settings.topics().names().deliveries());
        this.stored = new StoredLetters(endpoint.name(), reader, codec, meters);
        consumer.subscribe(List.of(decisions), new Owner());
    }

    /** The consumer group of an endpoint. */
    static String group(Settings settings, String endpoint) {
        return settings.applicationId() + "-deliver-" + endpoint;
    }

    /** One round: reads decisions, makes attempts, and commits now and then. */
    void step() {
        for (ConsumerRecord<String, byte[]> record : poll()) {
            take(record);
        }
        long now = clock.millis();
        dispatch.collect(now);
        if (now >= nextLook) {
            nextLook = now + REQUESTS_MILLIS;
            stored.requests(entry -> {
                OwnedPartition partition = owned.get(entry.written().partition());
                if (partition != null) {
                    request(partition, entry.id());
                }
            });
            redriveWhereAsked(now);
        }
        dispatch.start(now);
        if (now >= nextCommit) {
            commit(now);
        }
        limit();
        meters.sizes(mailroom.letters(), parked(), dispatch.underWay(), isSwitchedOff());
    }

    private Iterable<ConsumerRecord<String, byte[]>> poll() {
        try {
            var records = consumer.poll(dispatch.underWay() > 0 ? BUSY_POLL : IDLE_POLL);
            confirm();
            return records;
        } catch (OffsetOutOfRangeException gap) {
            LOG.error(
                    "{}: decisions of {} were deleted before they were read; goes on with the oldest ones",
                    endpoint.name(),
                    gap.partitions());
            meters.lost(gap.partitions().size());
            consumer.seekToBeginning(gap.partitions());
            return List.of();
        }
    }

    /** Whoever slept for long may have lost the partitions: only the broker's word that they are still ours will do. */
    private void confirm() {
        if (!dispatch.isOwner()) {
            writer.confirm(owned.values(), consumer.groupMetadata());
        }
        dispatch.owns();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        OwnedPartition partition = owned.get(record.partition());
        if (partition == null) {
            return;
        }
        long now = clock.millis();
        byte[] value = record.value();
        if (value == null) {
            forget(partition, record);
        } else {
            try {
                TriggerDecision decision = codec.decode(value);
                Letter.Origin origin = new Letter.Origin(record.partition(), record.offset(), now);
                mailroom.take(partition, new Letter(origin, decision, value), now);
            } catch (BadRecord bad) {
                meters.count(Outcome.UNREADABLE);
                LOG.warn(
                        "{}: the record at {}-{}, offset {} is not a decision and is skipped: {}",
                        endpoint.name(),
                        decisions,
                        record.partition(),
                        record.offset(),
                        bad.getMessage());
            }
        }
        partition.read(record.offset());
    }

    /** A tombstone: nothing more of this customer is sent. */
    private void forget(OwnedPartition partition, ConsumerRecord<String, byte[]> record) {
        String customer = record.key();
        if (customer != null) {
            mailroom.forget(partition, customer, record.offset());
            stored.parked(partition, letter -> {
                if (letter.customer().equals(customer)) {
                    mailroom.cancelParked(partition, letter.id());
                }
            });
        }
    }

    private void request(OwnedPartition partition, String name) {
        if (name.equals(LetterTopic.SWITCH_ON)) {
            LOG.info("{}: switched on again for partition {}", endpoint.name(), partition.number());
            mailroom.switchOn(partition);
        } else if (name.equals(LetterTopic.REDRIVE)) {
            partition.setRedrives(true);
        }
    }

    /** As many as there is room for; the others later. */
    private void redriveWhereAsked(long now) {
        for (OwnedPartition partition : List.copyOf(owned.values())) {
            if (partition.redrives() && mailroom.letters().bytes() < room() / 2) {
                stored.parked(partition, letter -> {
                    if (mailroom.letters().bytes() < room()) {
                        mailroom.redrive(partition, letter, now);
                    }
                });
                if (partition.parked().isEmpty() || partition.isSwitchedOff()) {
                    mailroom.redriven(partition);
                }
            }
        }
    }

    private long room() {
        return (long) limits.waitingMebibytes() << 20;
    }

    private void commit(long now) {
        store(letter -> now - letter.origin().readAt() >= STORE_AFTER_MILLIS);
        write(owned.values());
        nextCommit = clock.millis() + COMMIT_MILLIS;
    }

    private void store(Predicate<Letter> which) {
        mailroom.letters()
                .all(letter -> !letter.isStored() && which.test(letter))
                .forEach(letter -> mailroom.store(letter, "not delivered yet"));
    }

    /** Finishes the attempts for certain letters and stores those that still wait, so that none is sent twice. */
    private void handOver(Predicate<Letter> which) {
        dispatch.await(endpoint.timeout(), which);
        dispatch.collect(clock.millis());
        store(which);
        write(owned.values());
    }

    private void write(Collection<OwnedPartition> partitions) {
        writer.write(partitions, consumer.groupMetadata());
    }

    /** Reads no further decisions while there is no room for their letters. */
    private void limit() {
        boolean noRoom = mailroom.letters().bytes() >= room() || parked() >= limits.mostParked();
        Set<TopicPartition> all = consumer.assignment();
        if (noRoom) {
            consumer.pause(all);
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(all);
        }
        full = noRoom;
    }

    private long parked() {
        return owned.values().stream()
                .mapToLong(partition -> partition.parked().size())
                .sum();
    }

    private boolean isSwitchedOff() {
        return owned.values().stream().anyMatch(OwnedPartition::isSwitchedOff);
    }

    /** What an operator should know; empty if nothing. */
    String trouble() {
        if (isSwitchedOff()) {
            return "is switched off, because it answered 410 Gone; " + parked()
                    + " letters are parked. Once it takes letters again: segue deliveries switch-on " + endpoint.name();
        }
        if (full && parked() >= limits.mostParked()) {
            return "reads no further decisions: " + parked() + " letters are parked. Send them again: segue deliveries"
                    + " redrive " + endpoint.name();
        }
        if (full) {
            return "reads no further decisions: " + mailroom.letters().count() + " letters wait, as many as"
                    + " delivery.waiting_mib has room for";
        }
        long pause = dispatch.pausedUntil() - clock.millis();
        return pause > 0 ? "asks to be left alone for " + pause / 1000 + " s (Retry-After)" : "";
    }

    /** Finishes what is under way and commits, so that the next owner goes on from there. */
    void leave() {
        handOver(letter -> true);
    }

    @Override
    public void close() {
        // Whatever has failed: no request of this session may be under way when the next one begins.
        dispatch.await(endpoint.timeout(), letter -> true);
        try (writer;
                reader;
                consumer) {
            owned.clear();
        }
    }

    /** Takes partitions over and hands them on. */
    private final class Owner implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
            // Each of them, before the position of any is looked up.
            partitions.forEach(partition -> seek(partition, committed.get(partition)));
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata offset = committed.get(partition);
                OwnedPartition taken = new OwnedPartition(
                        partition.partition(), consumer.position(partition), offset == null ? -1 : offset.offset());
                owned.put(taken.number(), taken);
                restore(taken);
            }
        }

        private void seek(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
            if (committed != null) {
                consumer.seek(partition, committed.offset());
            } else if (endpoint.start() == EndpointSettings.Start.LATEST) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }

        /** What the former owner has stored; read after the offsets, which wait for the end of its transactions. */
        private void restore(OwnedPartition partition) {
            StoredLetters.Content content = stored.restore(partition);
            content.waiting().forEach(mailroom.letters()::add);
            LOG.info(
                    "{}: takes over partition {} with {} waiting and {} parked letters",
                    endpoint.name(),
                    partition.number(),
                    content.waiting().size(),
                    partition.parked().size());
            content.requests().forEach(name -> request(partition, name));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Set<Integer> numbers = numbers(partitions);
            handOver(letter -> numbers.contains(letter.origin().partition()));
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            Set<Integer> numbers = numbers(partitions);
            mailroom.giveUp(numbers);
            owned.keySet().removeAll(numbers);
            reader.forget(numbers);
        }

        private Set<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        }
    }
}
