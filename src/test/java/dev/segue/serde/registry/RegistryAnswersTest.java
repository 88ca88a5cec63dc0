// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of registry response for one id, and the effect on records with that id. */
class RegistryAnswersTest {
    private static final String ID = "/schemas/ids/700";
    private static final Duration FORGET = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private StubRegistry stub;
    private HttpSchemaRegistry registry;
    private EventDecoder decoder;
    private byte[] good;

    @BeforeEach
    void start() throws Exception {
        stub = new StubRegistry();
        registry = new HttpSchemaRegistry(stub.settings(), pause -> {}, nanos::get);
        decoder = new EventDecoder(SampleEvents.SCHEMAS, registry);
        good = new EventEncoder(SampleEvents.SCHEMAS, registry)
                .encode(SampleEvents.full(SampleEvents.type("product_viewed")));
        stub.requests();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    static Stream<Arguments> schemasThatCanNeverBeUsed() {
        return Stream.of(
                Arguments.of("JSON", "{\"type\":\"object\"}", "it is of type 'JSON', not Avro"),
                Arguments.of("PROTOBUF", "message A {}", "it is of type 'PROTOBUF', not Avro"),
                Arguments.of("AVRO", "nonsense", "its text is not an Avro schema"),
                Arguments.of("AVRO", "", "its text is not an Avro schema"),
                Arguments.of("AVRO", "{\"type\":\"record\",\"name\":\"A\"}", "its text is not an Avro schema"),
                Arguments.of("AVRO", "\"not.There\"", "its text is not an Avro schema"),
                Arguments.of("AVRO", "\"x\"".repeat(3_500_000), "has more than 4194304 bytes"),
                Arguments.of("AVRO", nested(3_000), "its text is not an Avro schema"));
    }

    @ParameterizedTest
    @MethodSource("schemasThatCanNeverBeUsed")
    void unusableSchemaIsLookedUpOnce(String type, String schema, String why) throws Exception {
        stub.has(ID, type, schema);
        assertThat(refused(700).reason()).isEqualTo(Reason.UNUSABLE_SCHEMA);
        assertThat(refused(700)).hasMessageContaining(why).hasMessageContaining("schema id 700 of the record");
        assertThat(stub.requests()).containsExactly(ID, "/schemas/ids/1");
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(refused(700).reason()).isEqualTo(Reason.UNUSABLE_SCHEMA);
        assertThat(stub.requests()).isEmpty();
        requireGoodEventsAccepted();
    }

    /** No deeper than JSON may be, but too deep for threads with a small stack. */
    @Test
    void readsDeepTypesWithShallowText() throws Exception {
        StringBuilder fields = new StringBuilder();
        for (int i = 1; i <= 3_000; i++) {
            fields.append(",{\"name\":\"f")
                    .append(i)
                    .append("\",\"type\":{\"type\":\"record\",\"name\":\"R")
                    .append(i)
                    .append("\",\"fields\":[{\"name\":\"r\",\"type\":\"")
                    .append(i == 1 ? "int" : "R" + (i - 1))
                    .append("\"}]}}");
        }
        stub.has(ID, "AVRO", event(fields.toString()));
        assertThat(refused(700).reason()).isIn(Reason.UNUSABLE_SCHEMA, Reason.TRUNCATED);
        requireGoodEventsAccepted();
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "400", "405", "410", "422", "302"})
    void refusalOfOneIdByHealthyRegistryIsDeadLetter(int status) throws Exception {
        stub.says(ID, status, "{\"error_code\":" + status + ",\"message\":\"no\"}");
        assertThat(refused(700).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(refused(700)).hasMessageContaining("status " + status);
        assertThat(stub.requests()).containsExactly(ID, "/schemas/ids/1");
        requireGoodEventsAccepted();
        stub.has(ID, "AVRO", event(""));
        nanos.addAndGet(FORGET.toNanos() - 1);
        assertThat(refused(700).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        nanos.addAndGet(1);
        assertThat(registry.byId(700).getFullName()).isEqualTo("dev.segue.events.ProductViewed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>not here</html>", "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}", ""})
    void bare404OfHealthyRegistryIsDeadLetter(String body) {
        stub.says(ID, 404, body);
        assertThat(refused(700).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    /** With a wrong password or path, the record is not at fault. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 302})
    void refusalOfEverythingStopsApplication(int status) {
        stub.says("*", status, "{\"message\":\"no\"}");
        assertThatThrownBy(() -> decode(700)).isInstanceOf(RegistryException.Refused.class);
    }

    @Test
    void waitsForRegistryThatLostKnownSchema() throws Exception {
        stub.says("*", 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        assertThatThrownBy(() -> decode(700))
                .isInstanceOf(RegistryException.Unreachable.class)
                .hasMessageContaining("no longer returns schema id 1, which it returned before");
        stub.forgets("*");
        stub.has(ID, "AVRO", event(""));
        assertThat(registry.byId(700)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "500, '{\"error_code\":50001}'",
        "503, ''",
        "429, ''",
        "408, ''",
        "200, <html>",
        "200, '[]'",
        "200, '{}'"
    })
    void waitsForRegistryUnavailableForOneId(int status, String body) {
        stub.says(ID, status, body);
        assertThatThrownBy(() -> decode(700)).isInstanceOf(RegistryException.Unreachable.class);
        stub.forgets(ID);
        assertThat(refused(700).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    @Test
    void waitsIfRegistryFailsBeforeConfirmation() {
        stub.says("/schemas/ids/1", 503, "");
        assertThatThrownBy(() -> decode(700)).isInstanceOf(RegistryException.Unreachable.class);
    }

    @Test
    void acceptsNamesAndDefaultsOfOtherLanguages() throws Exception {
        stub.has(
                ID,
                "AVRO",
                event(
                        ",{\"name\":\"utm-source\",\"type\":\"string\"},{\"name\":\"n\",\"type\":\"int\",\"default\":\"x\"}"));
        assertThat(registry.byId(700).getField("utm-source")).isNotNull();
        assertThat(refused(700).reason()).isEqualTo(Reason.TRUNCATED);
    }

    /** As measured once: 2,000 ids and 30 ms per response delayed good events by three minutes. */
    @Test
    void floodOfUnknownIdsCostsFewLookUps() throws Exception {
        stub.beforeAnswer(() -> nanos.addAndGet(Duration.ofMillis(30).toNanos()));
        for (int id = 1_000; id < 3_000; id++) {
            assertThat(refused(id).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        }
        // Each with its confirmation, until half of the budget is spent.
        assertThat(stub.requests()).hasSize(14);
        assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofMillis(14 * 30));
        assertThat(refused(3_000))
                .hasMessageContaining("was not looked up")
                .hasMessageContaining("20 of registry.unknown_ids_per_second");
        requireGoodEventsAccepted();
    }

    @Test
    void findsGoodIdOfFloodOnSecondRecord() throws Exception {
        stub.has(ID, "AVRO", event(""));
        for (int id = 1_000; id < 3_000; id++) {
            refused(id);
        }
        assertThat(refused(700)).hasMessageContaining("was not looked up");
        assertThatThrownBy(() -> decode(700)).isInstanceOf(BadRecord.class).hasMessageNotContaining("schema id");
    }

    @Test
    void foundIdsCostNoBudget() throws Exception {
        for (int id = 1_000; id < 1_100; id++) {
            stub.has("/schemas/ids/" + id, "AVRO", event(",{\"name\":\"f" + id + "\",\"type\":\"int\"}"));
        }
        List<Schema> found = new ArrayList<>();
        for (int id = 1_000; id < 1_100; id++) {
            found.add(registry.byId(id));
        }
        assertThat(found).hasSize(100);
    }

    private void requireGoodEventsAccepted() throws Exception {
        assertThat(decoder.decode("ann", good).customerId()).isEqualTo("ann");
    }

    /** Decodes one record with this id, without a body. */
    private void decode(int id) throws BadRecord {
        var unused = decoder.decode("ann", new byte[] {0, 0, 0, (byte) (id >> 8), (byte) id});
    }

    private BadRecord refused(int id) {
        try {
            decode(id);
        } catch (BadRecord bad) {
            return bad;
        }
        throw new AssertionError("id " + id + " was taken");
    }

    private static String event(String moreFields) {
        return "{\"type\":\"record\",\"name\":\"ProductViewed\",\"namespace\":\"dev.segue.events\",\"fields\":["
                + "{\"name\":\"event_id\",\"type\":\"string\"},"
                + "{\"name\":\"occurred_at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}}"
                + moreFields + "]}";
    }

    private static String nested(int levels) {
        return "{\"type\":\"array\",\"items\":".repeat(levels) + "\"int\"" + "}".repeat(levels);
    }
}
