// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.BadRecord;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterTest {
    private static final String TIME = "2025-11-01T10:00:00Z";
    private static final Instant NOW = Instant.parse(TIME);
    private static final byte[] ANN = bytes("ann");

    @TempDir
    Path directory;

    private TopologyScenario scenario;

    @BeforeEach
    void open() throws Exception {
        scenario = new TopologyScenario(directory);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void refusesRecordWithoutCustomer() throws Exception {
        byte[] value = scenario.value("ann", "e1", TIME);
        refused(null, value, "missing-customer", "no key");
        refused(bytes(""), value, "missing-customer", "no key");
        refused(bytes(" \t"), value, "missing-customer", "blank");
        refused(new byte[] {'a', (byte) 0xff}, value, "missing-customer", "not UTF-8");
    }

    @Test
    void acceptsIdOfMaximumLengthButNotLonger() throws Exception {
        byte[] value = scenario.value("ann", "e1", TIME);
        accepted(bytes("x".repeat(256)), value);
        refused(bytes("x".repeat(257)), value, "missing-customer", "257 bytes; limits.customer_id_bytes allows 256");
        refused(bytes("x".repeat(65_536)), value, "missing-customer", "65536 bytes");
        accepted(bytes("ü".repeat(128)), value);
        refused(bytes("ü".repeat(129)), value, "missing-customer", "258 bytes");
    }

    @Test
    void refusesUndecodableValue() throws Exception {
        refused(ANN, null, "not-avro-framed", "no value");
        refused(ANN, new byte[0], "not-avro-framed", "");
        refused(ANN, bytes("{\"type\":\"product_viewed\"}"), "not-avro-framed", "");
        refused(ANN, new byte[] {0, 0, 0, 0, 77, 1, 2, 3}, "unknown-schema", "77");
    }

    @Test
    void refusesEveryPrefixOfGoodRecord() throws Exception {
        byte[] value = scenario.value("ann", "e1", TIME);
        for (int length = 0; length < value.length; length++) {
            scenario.raw(ANN, Arrays.copyOf(value, length), NOW);
        }
        assertThat(scenario.deadLetters()).hasSize(value.length);
        accepted(ANN, value);
    }

    @Test
    void randomBytesStopNothing() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        for (int number = 0; number < 500; number++) {
            byte[] key = new byte[1 + random.nextInt(10)];
            byte[] value = scenario.value("ann", "e" + number, TIME).clone();
            random.nextBytes(key);
            value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
            scenario.raw(key, value, NOW);
        }
        Counts counts = scenario.counters.read();
        assertThat(counts.applied() + counts.duplicates() + counts.deadLettered())
                .as("seed " + seed)
                .isEqualTo(500);
        assertThat(scenario.deadLetters()).hasSize((int) counts.deadLettered()).isNotEmpty();
        accepted(ANN, scenario.value("ann", "good", TIME));
    }

    @Test
    void acceptsEventExactlyAtLimitAheadButNotBeyond() throws Exception {
        accepted(ANN, scenario.value("ann", "e1", "2025-11-01T10:05:00Z"));
        refused(ANN, scenario.value("ann", "e2", "2025-11-01T10:05:00.001Z"), "impossible-time", "");
        refused(ANN, scenario.value("ann", "e3", "9998-12-31T00:00:00Z"), "impossible-time", "");
    }

    @Test
    void acceptsEarliestTimeButNotBefore() throws Exception {
        accepted(ANN, scenario.value("ann", "e1", "2000-01-01T00:00:00Z"));
        refused(
                ANN,
                scenario.value("ann", "e2", "1999-12-31T23:59:59.999Z"),
                "impossible-time",
                "before the earliest allowed time, 2000-01-01T00:00:00Z");
        refused(
                ANN,
                scenario.value("ann", "e3", "1970-01-21T14:26:40Z"),
                "impossible-time",
                "it looks like seconds: 2026-05-28T20:26:40Z");
    }

    @Test
    void refusesPlaceholderId() throws Exception {
        refused(bytes("undefined"), scenario.value("undefined", "e1", TIME), "missing-customer", "is a placeholder");
        refused(bytes("0-0"), scenario.value("0-0", "e2", TIME), "missing-customer", "limits.refused_ids");
        accepted(bytes("undefined1"), scenario.value("undefined1", "e3", TIME));
    }

    @Test
    void refusesJsonWithHint() throws Exception {
        refused(ANN, bytes("{\"type\":\"page_viewed\"}"), "not-avro-framed", "looks like JSON: see docs/connect.md");
    }

    @Test
    void refusesRecordWithoutUsableTimestamp() throws Exception {
        scenario.raw(ANN, scenario.value("ann", "e1", TIME), Instant.ofEpochMilli(0));
        assertThat(reason(scenario.deadLetters().get(0))).isEqualTo("impossible-time");
    }

    @Test
    void impossibleTimeAdvancesNoCustomer() throws Exception {
        scenario.event("bob", "b1", TIME);
        scenario.raw(ANN, scenario.value("ann", "e1", "2099-01-01T00:00:00Z"), NOW);
        scenario.timeIs("2025-11-01T10:30:00Z");
        assertThat(scenario.changes()).isEmpty();
    }

    @Test
    void keepsKeyValueHeadersAndOrigin() throws Exception {
        scenario.event("bob", "b1", TIME);
        scenario.raw(ANN, bytes("not avro"), NOW);
        TestRecord<byte[], byte[]> letter = scenario.deadLetters().get(0);
        assertThat(letter.key()).isEqualTo(ANN);
        assertThat(letter.value()).isEqualTo(bytes("not avro"));
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("behavior-events");
        assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("1");
        assertThat(header(letter, DeadLetter.TIMESTAMP)).isEqualTo(Long.toString(NOW.toEpochMilli()));
        assertThat(header(letter, DeadLetter.DETAIL)).isNotEmpty().doesNotContain("ann");
    }

    @Test
    void truncatesOneByteBeyondLimit() throws Exception {
        scenario.raw(ANN, new byte[DeadLetter.LONGEST_VALUE], NOW);
        scenario.raw(ANN, new byte[DeadLetter.LONGEST_VALUE + 1], NOW);
        List<TestRecord<byte[], byte[]>> letters = scenario.deadLetters();
        assertThat(letters).extracting(letter -> letter.value().length).containsOnly(DeadLetter.LONGEST_VALUE);
        assertThat(letters.get(0).headers().lastHeader(DeadLetter.CUT_FROM)).isNull();
        assertThat(header(letters.get(1), DeadLetter.CUT_FROM)).isEqualTo("3,65537,0");
        assertThat(read(letters.get(0)).isCut()).isFalse();
        assertThat(read(letters.get(1)).isCut()).isTrue();
        assertThat(read(letters.get(1)).valueLength()).isEqualTo(DeadLetter.LONGEST_VALUE + 1);
    }

    @Test
    void deadLetterAlwaysFits() throws Exception {
        scenario.raw(bytes("x".repeat(3_000_000)), new byte[5_000_000], NOW);
        Headers many = new RecordHeaders();
        for (int number = 0; number < 1000; number++) {
            many.add("h" + number, new byte[1000]);
        }
        scenario.raw(ANN, new byte[] {7}, NOW, many);
        List<TestRecord<byte[], byte[]>> letters = scenario.deadLetters();
        assertThat(header(letters.get(0), DeadLetter.CUT_FROM)).isEqualTo("3000000,5000000,0");
        assertThat(header(letters.get(1), DeadLetter.CUT_FROM)).matches("3,1,100\\d{4}");
        assertThat(read(letters.get(1)).isCut())
                .as("headers are no part of an event")
                .isFalse();
        for (TestRecord<byte[], byte[]> letter : letters) {
            int length = letter.key().length + letter.value().length;
            for (Header header : letter.headers()) {
                length += header.key().length() + header.value().length;
            }
            assertThat(length).isLessThan(100_000);
        }
    }

    @Test
    void namesSchemaId() throws Exception {
        scenario.raw(ANN, new byte[] {0, 0, 0, 0, 77, 1, 2, 3}, NOW);
        scenario.raw(ANN, bytes("not avro"), NOW);
        List<TestRecord<byte[], byte[]>> letters = scenario.deadLetters();
        assertThat(read(letters.get(0)).schemaId()).hasValue(77);
        assertThat(read(letters.get(1)).schemaId()).isEmpty();
    }

    @Test
    void timestampIsTimeOfRejection() throws Exception {
        scenario.timeIs("2025-11-05T00:00:00Z");
        scenario.raw(ANN, scenario.value("ann", "e1", TIME), Instant.ofEpochMilli(0));
        TestRecord<byte[], byte[]> letter = scenario.deadLetters().get(0);
        assertThat(letter.getRecordTime()).isEqualTo("2025-11-05T00:00:00Z");
        assertThat(read(letter).timestamp()).isZero();
    }

    @Test
    void dropsForgedHeaders() throws Exception {
        Headers forged = new RecordHeaders();
        forged.add(DeadLetter.REDRIVEN, bytes("0"));
        forged.add(DeadLetter.OFFSET, bytes("12345"));
        forged.add("trace-id", bytes("t1"));
        scenario.raw(ANN, new byte[] {7}, NOW, forged);
        TestRecord<byte[], byte[]> letter = scenario.deadLetters().get(0);
        assertThat(DeadLetter.markedOffset(consumed(letter))).isEmpty();
        assertThat(read(letter).offset()).isZero();
        assertThat(letter.headers().headers(DeadLetter.OFFSET)).hasSize(1);
        assertThat(header(letter, "trace-id")).isEqualTo("t1");
        Headers back = read(letter).headersToSendBack(2, 5);
        assertThat(back).extracting(Header::key).containsExactly("trace-id", DeadLetter.REDRIVEN_FROM);
    }

    @Test
    void distinguishesMarksFromLetters() {
        ConsumerRecord<byte[], byte[]> mark = consumed(new TestRecord<>(null, null, DeadLetter.markOf(42)));
        assertThat(DeadLetter.markedOffset(mark)).hasValue(42);
        assertThat(DeadLetter.read(mark)).isEmpty();
        ConsumerRecord<byte[], byte[]> strange = consumed(new TestRecord<>(ANN, bytes("what")));
        assertThat(DeadLetter.read(strange)).isEmpty();
        assertThat(DeadLetter.markedOffset(strange)).isEmpty();
    }

    @Test
    void unreachableRegistryCausesNoDeadLetter() throws Exception {
        byte[] good = scenario.value("ann", "e1", TIME);
        scenario.close();
        scenario = new TopologyScenario(
                directory.resolve("away"),
                new AwayRegistry(new DirectorySchemaRegistry(directory.resolve("registry"))));
        assertThatThrownBy(() -> scenario.raw(ANN, good, NOW))
                .hasRootCauseInstanceOf(RegistryException.Unreachable.class);
        assertThat(scenario.counters.read().deadLettered()).isZero();
    }

    private void accepted(byte[] key, byte[] value) throws Exception {
        double before = scenario.counters.read().applied();
        scenario.raw(key, value, NOW);
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.counters.read().applied()).isEqualTo((long) before + 1);
    }

    private void refused(byte[] key, byte[] value, String reason, String detail) throws Exception {
        long before = scenario.counters.read().deadLettered();
        scenario.raw(key, value, NOW);
        List<TestRecord<byte[], byte[]>> letters = scenario.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(reason(letters.get(0))).isEqualTo(reason);
        assertThat(header(letters.get(0), DeadLetter.DETAIL)).contains(detail);
        assertThat(scenario.counters.read().deadLettered()).isEqualTo(before + 1);
        assertThat(scenario.counters.read().deadLetters()).containsKey(reasonOf(reason));
    }

    private static DeadLetter read(TestRecord<byte[], byte[]> letter) {
        return DeadLetter.read(consumed(letter)).orElseThrow();
    }

    private static ConsumerRecord<byte[], byte[]> consumed(TestRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                "dead-letters",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private static BadRecord.Reason reasonOf(String label) {
        return Arrays.stream(BadRecord.Reason.values())
                .filter(reason -> reason.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        return header(letter, DeadLetter.REASON);
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Registers schemas, so that the test can start, and does not respond to look-ups of ids. */
    private record AwayRegistry(SchemaRegistry registry) implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            return registry.register(subject, schema);
        }

        @Override
        public Schema byId(int id) {
            throw new RegistryException.Unreachable("nobody answers");
        }

        @Override
        public Registered latest(String subject) {
            throw new RegistryException.Unreachable("nobody answers");
        }
    }
}
