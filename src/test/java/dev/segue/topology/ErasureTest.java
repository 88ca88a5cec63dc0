// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erased customer is removed, and stays removed. */
class ErasureTest {
    private static final Duration KEPT_OUT = Duration.ofDays(30);
    private static final String ERASED_AT = "2025-11-01T12:00:00Z";
    private static final String DEFINITIONS = """
            segment: viewer
            describes: Looked at something.
            when: product_viewed.count() >= 1
            ---
            segment: quiet
            describes: Looked at something and went away for an hour.
            when: product_viewed.count() >= 1 && product_viewed.within('1h').count() == 0
            ---
            segment: very-old
            describes: Stated an age that nobody has.
            when: profile.age > 150
            """;

    @TempDir
    Path directory;

    private Vocabulary vocabulary;
    private TopologyScenario scenario;

    @BeforeEach
    void open() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        scenario = new TopologyScenario(directory);
        scenario.define(DEFINITIONS);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void endsMembershipsAndRemovesState() throws Exception {
        views("ann", "e1", "2025-11-01T10:00:00Z");
        views("bob", "e2", "2025-11-01T10:00:00Z");
        // There was no tick, so ann's hour of silence ends only now.
        erase("ann", "x1", ERASED_AT);
        assertThat(scenario.readChanges())
                .filteredOn(change -> change.customerId().equals("ann"))
                .extracting(change -> change.kind() + " " + change.segment() + " " + change.effectiveAt() + " "
                        + change.cause().kind())
                .containsExactly(
                        "ENTERED viewer 2025-11-01T10:00:00Z EVENT",
                        "ENTERED quiet 2025-11-01T11:00:00Z DEADLINE",
                        "EXITED quiet 2025-11-01T12:00:00Z ERASURE",
                        "EXITED viewer 2025-11-01T12:00:00Z ERASURE");
        assertThat(scenario.memberships())
                .containsEntry("ann|viewer", null)
                .containsEntry("ann|quiet", null)
                .containsKey("bob|viewer");
        List<TestRecord<byte[], byte[]>> profiles = scenario.output(TopologyScenario.TOPICS.profiles());
        TestRecord<byte[], byte[]> last = profiles.get(profiles.size() - 1);
        assertThat(last.key()).isEqualTo(bytes("ann"));
        assertThat(last.value()).isNull();
        assertThat(stored("ann")).isFalse();
        assertThat(stored("bob")).isTrue();
    }

    @Test
    void keepsNoCustomerId() throws Exception {
        views("customer-to-forget", "e1", "2025-11-01T10:00:00Z");
        erase("customer-to-forget", "x1", ERASED_AT);
        scenario.timeIs(ERASED_AT);
        for (Map.Entry<Bytes, byte[]> entry : scenario.store().entrySet()) {
            assertThat(new String(entry.getKey().get(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("forget");
            assertThat(new String(entry.getValue(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("forget");
        }
        assertThat(scenario.counters.read().waiting())
                .as("nor the index of deadlines")
                .isZero();
        assertThat(scenario.gauge("segue.state")).isZero();
        assertThat(scenario.gauge("segue.customers")).isZero();
    }

    @Test
    void dropsLateEventsUpToLimit() throws Exception {
        views("ann", "e1", "2025-11-01T10:00:00Z");
        erase("ann", "x1", ERASED_AT);
        scenario.readChanges();
        Instant bound = Instant.parse(ERASED_AT).plus(KEPT_OUT);
        views("ann", "e2", "2025-11-01T09:00:00Z");
        views("ann", "e3", ERASED_AT);
        views("ann", "e4", bound.toString());
        assertThat(scenario.readChanges()).isEmpty();
        assertThat(scenario.deadLetters()).as("which would keep the id").isEmpty();
        assertThat(stored("ann")).isFalse();
        assertThat(scenario.counters.read().erased()).isEqualTo(3);
        assertThat(scenario.counters.read().unaccounted()).isZero();

        views("ann", "e5", bound.plusMillis(1).toString());
        assertThat(scenario.readChanges())
                .extracting(Change::segment, Change::kind)
                .containsExactly(tuple("viewer", Change.Kind.ENTERED));
        views("ann", "e6", ERASED_AT);
        assertThat(scenario.counters.read().erased())
                .as("a straggler, when she is back")
                .isEqualTo(4);
    }

    @Test
    void keepsErasureAcrossRestart() throws Exception {
        views("ann", "e1", "2025-11-01T10:00:00Z");
        erase("ann", "x1", ERASED_AT);
        scenario.restart();
        scenario.readChanges();
        views("ann", "e2", "2025-11-01T10:30:00Z");
        assertThat(scenario.readChanges()).isEmpty();
        assertThat(scenario.counters.read().erased()).isEqualTo(1);
    }

    @Test
    void latestErasureCounts() throws Exception {
        erase("ann", "x1", ERASED_AT);
        erase("ann", "x2", "2025-11-05T00:00:00Z");
        erase("ann", "x3", "2025-11-02T00:00:00Z");
        Instant bound = Instant.parse("2025-11-05T00:00:00Z").plus(KEPT_OUT);
        views("ann", "e1", bound.toString());
        assertThat(scenario.readChanges()).isEmpty();
        assertThat(scenario.counters.read().erasures()).isEqualTo(3);
        assertThat(scenario.counters.read().applied()).isEqualTo(3);
        assertThat(scenario.counters.read().unaccounted()).isZero();
        views("ann", "e2", bound.plusMillis(1).toString());
        assertThat(scenario.readChanges()).hasSize(1);
    }

    @Test
    void erasureOfUnknownCustomerKeepsLateEventsOut() throws Exception {
        erase("ann", "x1", ERASED_AT);
        views("ann", "e1", "2025-11-01T10:00:00Z");
        assertThat(scenario.readChanges()).isEmpty();
        assertThat(scenario.memberships()).isEmpty();
    }

    @Test
    void erasureOfAnOriginPublishesTheProfileWithoutItsValues() throws Exception {
        scenario.event(event(
                "profile_updated",
                "ann",
                "e1",
                "2025-11-01T10:00:00Z",
                Map.of("origin", "bought", "gender", "f", "attributes", Map.of("income", 40_000))));
        scenario.event(event("profile_updated", "ann", "e2", "2025-11-01T10:01:00Z", Map.of("age", 41)));
        views("ann", "e3", "2025-11-01T10:02:00Z");
        assertThat(attributes()).isEqualTo(Map.of("age", 41L, "gender", "f", "attributes", Map.of("income", 40_000.0)));
        scenario.readChanges();
        scenario.event(event("customer_erased", "ann", "x1", "2025-11-01T10:03:00Z", Map.of("origin", "bought")));
        assertThat(scenario.readChanges()).isEmpty();
        assertThat(attributes()).isEqualTo(Map.of("age", 41L));
        views("ann", "e4", "2025-11-01T10:03:00Z");
        assertThat(scenario.counters.read().applied()).isEqualTo(5);
        assertThat(scenario.gauge("segue.customers")).isEqualTo(1);
    }

    @Test
    void erasureOfAnOriginLeavesNoTraceOfAnUnknownCustomer() throws Exception {
        scenario.event(event("customer_erased", "ann", "x1", ERASED_AT, Map.of("origin", "bought")));
        scenario.timeIs(Instant.parse(ERASED_AT).plusSeconds(7200).toString());
        assertThat(scenario.readChanges()).isEmpty();
        assertThat(stored("ann")).isFalse();
        assertThat(scenario.gauge("segue.customers")).isZero();
        assertThat(scenario.counters.read().applied()).isEqualTo(1);
        assertThat(scenario.counters.read().waiting()).isZero();
    }

    private Map<String, Object> attributes() throws Exception {
        List<CustomerProfile> profiles = scenario.profiles();
        return profiles.get(profiles.size() - 1).attributes();
    }

    private void views(String customer, String id, String at) throws Exception {
        scenario.event(event("product_viewed", customer, id, at, Map.of("product_id", "p1")));
    }

    private void erase(String customer, String id, String at) throws Exception {
        scenario.event(event("customer_erased", customer, id, at, Map.of()));
    }

    private Event event(String type, String customer, String id, String at, Map<String, Object> more) throws Exception {
        Map<String, Object> values = new HashMap<>(more);
        values.putAll(Map.of("type", type, "customer_id", customer, "event_id", id, "occurred_at", at));
        return new EventBuilder(vocabulary).build(values);
    }

    private boolean stored(String customer) throws Exception {
        return scenario.store().containsKey(Bytes.wrap(bytes(customer)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
