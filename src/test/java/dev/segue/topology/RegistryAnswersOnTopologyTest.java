// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.serde.registry.HttpSchemaRegistry;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.StubRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever the registry responds about one record's schema, the partition continues; only an unavailable registry makes
 * it wait.
 */
class RegistryAnswersOnTopologyTest {
    private static final String ID = "/schemas/ids/700";
    private static final String TIME = "2025-11-01T10:00:00Z";

    private StubRegistry stub;
    private TopologyScenario scenario;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        stub = new StubRegistry();
        scenario = new TopologyScenario(directory, new HttpSchemaRegistry(stub.settings()));
        scenario.event("ann", "first", TIME);
    }

    @AfterEach
    void stop() {
        scenario.close();
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({"JSON", "PROTOBUF"})
    void otherSchemaKindIsDeadLetter(String type) throws Exception {
        stub.has(ID, type, "{}");
        continuesAfter("unusable-schema", "schema id 700 of the record cannot be used: it is of type '" + type + "'");
    }

    @Test
    void schemaOfTenMegabytesIsDeadLetter() throws Exception {
        stub.has(ID, "AVRO", "\"" + "x".repeat(10_000_000) + "\"");
        continuesAfter("unusable-schema", "more than 4194304 bytes");
    }

    @Test
    void schemaOfThreeThousandLevelsIsDeadLetter() throws Exception {
        stub.has(ID, "AVRO", "{\"type\":\"array\",\"items\":".repeat(3_000) + "\"int\"" + "}".repeat(3_000));
        continuesAfter("unusable-schema", "is not an Avro schema");
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404", "422"})
    void refusalOfOneIdIsDeadLetter(int status) throws Exception {
        stub.says(ID, status, "no");
        continuesAfter("unknown-schema", "status " + status);
    }

    @Test
    void unknownIdIsDeadLetter() throws Exception {
        continuesAfter("unknown-schema", "Schema not found");
    }

    @Test
    void resolvesReferencesAndAppliesEvent() throws Exception {
        stub.has("/subjects/source/versions/1", "AVRO", "{\"type\":\"fixed\",\"name\":\"Source\",\"size\":1}");
        stub.has(
                ID,
                "AVRO",
                "{\"type\":\"record\",\"name\":\"dev.segue.events.ProductViewed\",\"fields\":["
                        + "{\"name\":\"event_id\",\"type\":\"string\"},"
                        + "{\"name\":\"occurred_at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                        + "{\"name\":\"product_id\",\"type\":\"string\"},"
                        + "{\"name\":\"source\",\"type\":\"Source\"}]}",
                "source:1");
        scenario.raw(bytes("ann"), framed(Instant.parse(TIME)), Instant.parse(TIME));
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.counters.read().applied()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"503, ''", "500, '{\"error_code\":50001}'", "429, ''", "200, <html>"})
    void waitsForUnreachableRegistry(int status, String body) {
        stub.says(ID, status, body);
        assertThatThrownBy(this::send).hasCauseInstanceOf(RegistryException.Unreachable.class);
        assertThat(scenario.counters.read().deadLettered()).isZero();
    }

    private void continuesAfter(String reason, String detail) throws Exception {
        send();
        List<TestRecord<byte[], byte[]>> letters = scenario.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(header(letters.get(0), DeadLetter.REASON)).isEqualTo(reason);
        assertThat(header(letters.get(0), DeadLetter.DETAIL)).contains(detail);
        scenario.event("ann", "second", TIME);
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.counters.read().applied()).isEqualTo(2);
    }

    private void send() throws Exception {
        scenario.raw(bytes("ann"), new byte[] {0, 0, 0, 2, (byte) 0xbc, 1, 2, 3}, Instant.parse(TIME));
    }

    /** A product_viewed of the schema above: ids of one letter and a source of one byte. */
    private static byte[] framed(Instant at) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0, 0, 0, 2, (byte) 0xbc});
        BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(bytes, null);
        avro.writeString("e");
        avro.writeLong(at.toEpochMilli());
        avro.writeString("p");
        avro.writeFixed(new byte[] {9});
        return bytes.toByteArray();
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
