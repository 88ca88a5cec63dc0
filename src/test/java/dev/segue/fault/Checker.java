// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.oracle.ReferenceAnswers;
import dev.segue.oracle.ReferenceAnswers.Answer;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads the input from the first offset, passes it to the oracle, and compares the result with everything that a
 * read_committed reader sees of the outputs: every change of every customer, in order and once; the memberships that
 * result; one dead letter for each bad record, and none for any other.
 */
final class Checker {
    private static final Duration QUIET = Duration.ofMillis(300);

    private final FaultStage stage;
    private final Settings settings;
    private final SchemaRegistry registry;
    private final Instant end;
    private final List<Answer> expected;

    /** @param end the last tick */
    Checker(FaultStage stage, Instant end) throws Exception {
        this.stage = stage;
        this.settings = stage.settings();
        this.registry = new DirectorySchemaRegistry(settings.registryDirectory());
        this.end = end;
        this.expected = expected();
    }

    /** The numbers of compared items. */
    record Report(int records, int changes, int members, int deadLetters) {
        @Override
        public String toString() {
            return records + " records, " + changes + " changes, " + members + " memberships and " + deadLetters
                    + " dead letters compared";
        }
    }

    private List<Answer> expected() throws Exception {
        ReferenceAnswers reference = new ReferenceAnswers(stage.schemas().vocabulary(), stage.definitions());
        EventDecoder decoder = new EventDecoder(stage.schemas(), registry);
        Set<String> bad = refusedRecords();
        // Reads the log itself, not the events that the test intended to send.
        for (ConsumerRecord<byte[], byte[]> record :
                read(settings.topics().names().behaviorEvents())) {
            if (!bad.contains(content(record.key(), record.value(), record.timestamp()))) {
                Event event = decoder.decode(new String(record.key(), StandardCharsets.UTF_8), record.value());
                reference.event(event);
            }
        }
        reference.timeIs(end);
        return reference.answers();
    }

    private Set<String> refusedRecords() {
        return stage.sent().stream()
                .filter(record -> record.refused() != null)
                .map(record -> content(record.key(), record.value(), record.timestamp()))
                .collect(Collectors.toSet());
    }

    private static String content(byte[] key, byte[] value, long timestamp) {
        return java.util.Arrays.hashCode(key) + " " + java.util.Arrays.hashCode(value) + " " + timestamp;
    }

    boolean allTold() {
        return read(settings.topics().names().changes()).size() >= expected.size();
    }

    Report check() throws Exception {
        // Repeated changes may arrive late.
        Thread.sleep(QUIET.toMillis());
        int changes = checkChanges();
        return new Report(stage.sent().size(), changes, checkMemberships(), checkDeadLetters());
    }

    private int checkChanges() throws Exception {
        ChangeCodec codec = new ChangeCodec(registry, settings.topics().names().changes());
        Map<String, List<String>> told = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> record :
                read(settings.topics().names().changes())) {
            Change change = codec.decode(record.value());
            assertThat(ids.add(change.changeId())).as("told once: " + change).isTrue();
            told.computeIfAbsent(change.customerId(), customer -> new ArrayList<>())
                    .add(new Answer(
                                    change.customerId(),
                                    change.segment(),
                                    change.kind(),
                                    change.effectiveAt(),
                                    change.value())
                            .toString());
            count++;
        }
        told.forEach(Checker::requireAlternating);
        Map<String, List<String>> due = new TreeMap<>();
        expected.forEach(answer -> due.computeIfAbsent(answer.customer(), customer -> new ArrayList<>())
                .add(answer.toString()));
        assertThat(told).isEqualTo(due);
        return count;
    }

    /** No customer enters a segment they are in, or leaves one they are not in. */
    private static void requireAlternating(String customer, List<String> changes) {
        Set<String> inside = new HashSet<>();
        for (String change : changes) {
            String segment = change.substring(0, change.indexOf(' '));
            if (change.contains(" ENTERED ")) {
                assertThat(inside.add(segment)).as(customer + ": " + change).isTrue();
            } else if (change.contains(" EXITED ")) {
                assertThat(inside.remove(segment)).as(customer + ": " + change).isTrue();
            }
        }
    }

    private int checkMemberships() {
        Map<String, byte[]> latest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                read(settings.topics().names().memberships())) {
            latest.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
        Set<String> members = new TreeSet<>();
        latest.forEach((key, value) -> {
            if (value != null) {
                members.add(key);
            }
        });
        Set<String> due = new TreeSet<>();
        for (Answer answer : expected) {
            String key = answer.customer() + "|" + answer.segment();
            if (answer.kind() == Change.Kind.EXITED) {
                due.remove(key);
            } else {
                due.add(key);
            }
        }
        assertThat(members).isEqualTo(due);
        return members.size();
    }

    private int checkDeadLetters() {
        TopicNames names = settings.topics().names();
        Map<String, String> reasons = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : read(names.deadLetters())) {
            String origin = header(letter, "segue.partition") + "@" + header(letter, "segue.offset");
            assertThat(reasons.put(origin, header(letter, "segue.reason")))
                    .as("one dead letter for " + origin)
                    .isNull();
        }
        Map<String, String> refused = new HashMap<>();
        stage.sent().stream()
                .filter(record -> record.refused() != null)
                .forEach(record ->
                        refused.put(content(record.key(), record.value(), record.timestamp()), record.refused()));
        Map<String, String> due = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(names.behaviorEvents())) {
            String reason = refused.get(content(record.key(), record.value(), record.timestamp()));
            if (reason != null) {
                due.put(record.partition() + "@" + record.offset(), reason);
            }
        }
        assertThat(reasons).isEqualTo(due);
        return reasons.size();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as("header " + name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.read(stage.bootstrapServers(), topic);
    }
}
