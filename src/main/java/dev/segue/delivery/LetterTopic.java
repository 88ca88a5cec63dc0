// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.output.TriggerDecisionCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The records of the topic in which letters wait: compacted, with as many partitions as the decisions have. The key is
 * endpoint and letter; the value is the decision as it was read, and what has become of the letter is in headers. Only who
 * owns the partition writes of letters; commands write requests, under a key of their own.
 */
final class LetterTopic {
    static final String REDRIVE = "@redrive";
    static final String SWITCH_ON = "@switch-on";
    private static final String SWITCHED_OFF = "@off";
    private static final String STATE = "segue.state";
    private static final String ATTEMPTS = "segue.attempts";
    private static final String NEXT_AT = "segue.next-at";
    private static final String OFFSET = "segue.offset";
    private static final String REASON = "segue.reason";
    private static final int LONGEST_REASON = 500;
    /** Whoever takes a partition over reads all of it, and what was cancelled must not stay: compacted early. */
    private static final Map<String, String> CONFIGURATION = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(Duration.ofHours(6).toMillis()),
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            Long.toString(Duration.ofHours(24).toMillis()),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.1");

    private static final int LOOKS = 100;
    private static final long PAUSE_MILLIS = 100;
    private static final byte[] MARK = new byte[0];

    private LetterTopic() {}

    /** What a record says of its key. */
    enum State {
        WAITING,
        PARKED,
        /** A tombstone. */
        NONE,
        /** Nothing of a letter: a request, or that the endpoint is switched off. */
        OTHER
    }

    /**
     * A record of an endpoint.
     *
     * @param id of the letter, or the name of a request
     * @param at when it was written, in milliseconds since the epoch
     */
    record Entry(String endpoint, String id, State state, ConsumerRecord<String, byte[]> written, long at) {
        boolean isSwitchedOff() {
            return state == State.OTHER && id.equals(SWITCHED_OFF);
        }

        boolean isRequest(String name) {
            return state == State.OTHER && id.equals(name);
        }

        String reason() {
            return Optional.ofNullable(text(REASON)).orElse("");
        }

        int attempts() {
            return (int) number(ATTEMPTS);
        }

        /** In milliseconds since the epoch. */
        long nextAt() {
            return number(NEXT_AT);
        }

        /** @throws BadRecord if the value is not a decision */
        Letter letter(TriggerDecisionCodec codec) throws BadRecord {
            return Letter.stored(
                    new Letter.Origin(written.partition(), number(OFFSET), at),
                    codec.decode(written.value()),
                    written.value(),
                    attempts(),
                    nextAt());
        }

        private @Nullable String text(String name) {
            Header header = written.headers().lastHeader(name);
            return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }

        private long number(String name) {
            String text = text(name);
            return text == null || !text.matches("-?[0-9]{1,18}") ? 0 : Long.parseLong(text);
        }
    }

    /** Reads a record; empty if it was not written by Segue. */
    static Optional<Entry> read(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        int bar = key == null ? -1 : key.indexOf('|');
        if (bar <= 0) {
            return Optional.empty();
        }
        String id = key.substring(bar + 1);
        Header header = record.headers().lastHeader(STATE);
        String state = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        State read = record.value() == null
                ? State.NONE
                : state.equals(State.WAITING.name())
                        ? State.WAITING
                        : state.equals(State.PARKED.name()) ? State.PARKED : State.OTHER;
        return Optional.of(new Entry(key.substring(0, bar), id, read, record, record.timestamp()));
    }

    /** True for the name under which it is written that an endpoint is switched off. */
    static boolean isOff(String id) {
        return id.equals(SWITCHED_OFF);
    }

    private static String key(String endpoint, String id) {
        return endpoint + "|" + id;
    }

    static ProducerRecord<String, byte[]> waiting(String topic, String endpoint, Letter letter, String reason) {
        return record(topic, endpoint, letter, State.WAITING, reason);
    }

    static ProducerRecord<String, byte[]> parked(String topic, String endpoint, Letter letter, String reason) {
        return record(topic, endpoint, letter, State.PARKED, reason);
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, String endpoint, Letter letter, State state, String reason) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, STATE, state.name());
        add(headers, ATTEMPTS, Integer.toString(letter.attempts()));
        add(headers, NEXT_AT, Long.toString(letter.nextAt()));
        add(headers, OFFSET, Long.toString(letter.origin().offset()));
        add(headers, REASON, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        return new ProducerRecord<>(
                topic, letter.origin().partition(), key(endpoint, letter.id()), letter.bytes(), headers);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Says that a letter is done with, or a request was fulfilled. */
    static ProducerRecord<String, byte[]> none(String topic, int partition, String endpoint, String id) {
        return new ProducerRecord<>(topic, partition, key(endpoint, id), null);
    }

    static ProducerRecord<String, byte[]> off(String topic, int partition, String endpoint, String reason) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, REASON, reason);
        return new ProducerRecord<>(topic, partition, key(endpoint, SWITCHED_OFF), MARK, headers);
    }

    static ProducerRecord<String, byte[]> on(String topic, int partition, String endpoint) {
        return none(topic, partition, endpoint, SWITCHED_OFF);
    }

    /** @param name {@link #REDRIVE} or {@link #SWITCH_ON} */
    static ProducerRecord<String, byte[]> request(String topic, int partition, String endpoint, String name) {
        return new ProducerRecord<>(topic, partition, key(endpoint, name), MARK);
    }

    /**
     * Creates the topic unless it is there.
     *
     * @throws CannotStart if Kafka does not answer, there are no decisions yet, or the topic is not as it must be
     */
    static void createOrCheck(Settings settings) {
        String decisions = settings.topics().names().activations();
        String letters = settings.topics().names().deliveries();
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            int partitions = describe(admin, decisions).partitions().size();
            int replicas = settings.topics().replicationFactor();
            NewTopic topic = new NewTopic(
                            letters,
                            Optional.of(partitions),
                            replicas < 0 ? Optional.empty() : Optional.of((short) replicas))
                    .configs(CONFIGURATION);
            OptionalInt found = partitions(admin, letters);
            if (found.isEmpty()) {
                create(admin, topic);
                found = awaitListed(admin, letters);
            }
            if (found.orElse(0) != partitions) {
                throw new CannotStart("Topic " + letters + " has " + found.orElse(0) + " partitions, but " + decisions
                        + " has " + partitions + ". Set another name under topics.deliveries.");
            }
        } catch (ExecutionException | KafkaException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new CannotStart("There is no topic " + decisions + " at " + settings.bootstrapServers()
                        + "; 'segue run' creates it at its first start.");
            }
            throw Failures.atStart(
                    failure,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for the broker at " + settings.bootstrapServers() + ".");
        }
    }

    private static TopicDescription describe(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
    }

    private static OptionalInt partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            return OptionalInt.of(describe(admin, topic).partitions().size());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return OptionalInt.empty();
            }
            throw failure;
        }
    }

    /** A broker may not list a new topic yet. */
    private static OptionalInt awaitListed(Admin admin, String topic) throws ExecutionException, InterruptedException {
        OptionalInt found = partitions(admin, topic);
        for (int look = 1; look < LOOKS && found.isEmpty(); look++) {
            Thread.sleep(PAUSE_MILLIS);
            found = partitions(admin, topic);
        }
        return found;
    }

    private static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }
}
