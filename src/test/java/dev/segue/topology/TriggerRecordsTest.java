// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of decisions on their way to the topic, and of triggers when two customers become one person. */
class TriggerRecordsTest {
    private static final String CART = """
            segment: cart
            when: product_added.within('1h').count() > 0
            ---
            """;
    private static final String REMINDER = """
            trigger: reminder
            on: cart
            channel: email
            """;

    @TempDir
    Path directory;

    private Vocabulary vocabulary;
    private TopologyScenario scenario;
    private int number;

    @BeforeEach
    void open() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        scenario = new TopologyScenario(directory);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void define(String channel, String reminder) throws Exception {
        scenario.define(CART + "channel: email\nconsent: 'true'\n" + channel + "---\n" + REMINDER + reminder);
    }

    @Test
    void decisionOfTimeAloneLeavesTheProfile() throws Exception {
        define("", "wait: 10m\n");
        event("product_added", "ann", "2025-11-01T10:00:00Z", Map.of());
        assertThat(decided()).containsExactly("ann WAITING 10:00:00");
        assertThat(scenario.output(TopologyScenario.TOPICS.profiles())).hasSize(1);
        scenario.timeIs("2025-11-01T10:10:00Z");
        assertThat(decided()).containsExactly("ann SEND 10:10:00");
        assertThat(scenario.output(TopologyScenario.TOPICS.profiles())).isEmpty();
        assertThat(scenario.counter("segue.decisions", "kind", "SEND")).isEqualTo(1);
        assertThat(scenario.counters.read().decisions()).isEqualTo(2);
    }

    @Test
    void capsOfOnePersonUnite() throws Exception {
        define("cap: {at_most: 2, per: 1d}\n", "");
        event("product_added", "d1", "2025-11-01T10:00:00Z", Map.of());
        event("product_added", "ann", "2025-11-01T10:01:00Z", Map.of());
        event("customer_identified", "ann", "2025-11-01T10:02:00Z", Map.of("anonymous_id", "d1"));
        event("product_added", "ann", "2025-11-01T12:00:00Z", Map.of());
        assertThat(decided()).containsExactly("d1 SEND 10:00:00", "ann SEND 10:01:00", "ann CAPPED 12:00:00");
    }

    @Test
    void onePersonGetsOneMessage() throws Exception {
        define("", "wait: 10m\n");
        event("product_added", "d1", "2025-11-01T10:00:00Z", Map.of());
        event("product_added", "ann", "2025-11-01T10:01:00Z", Map.of());
        event("customer_identified", "ann", "2025-11-01T10:02:00Z", Map.of("anonymous_id", "d1"));
        scenario.timeIs("2025-11-01T10:30:00Z");
        List<TriggerDecision> decisions = scenario.readDecisions();
        assertThat(decisions)
                .filteredOn(decision -> decision.kind() == Kind.SEND)
                .singleElement()
                .satisfies(sent -> {
                    assertThat(sent.customerId()).isEqualTo("ann");
                    assertThat(sent.decidedAt()).isEqualTo("2025-11-01T10:10:00Z");
                });
        assertThat(decisions).filteredOn(TriggerDecision::isFinal).hasSize(2);
    }

    @Test
    void personOfTwoArmsIsMixed() throws Exception {
        define("", "holdout: 50\ngoal: {event: order_completed, within: 1h}\n");
        for (int guest = 0; guest < 20; guest++) {
            event("product_added", "d" + guest, "2025-11-01T10:00:00Z", Map.of());
        }
        List<TriggerDecision> decisions = scenario.readDecisions();
        String sent = first(decisions, Arm.TREATMENT);
        String held = first(decisions, Arm.CONTROL);
        event("customers_merged", sent, "2025-11-01T10:01:00Z", Map.of("other_id", held, "survivor", sent));
        event("order_completed", sent, "2025-11-01T10:02:00Z", Map.of());
        assertThat(scenario.readDecisions())
                .filteredOn(decision -> decision.kind() == Kind.GOAL)
                .isNotEmpty()
                .allSatisfy(goal -> assertThat(goal.arm()).isEqualTo(Arm.MIXED));
    }

    @Test
    void publishesTooLargeDecisionWithoutPayload() throws Exception {
        scenario.stateBytes = 7 << 16;
        define("", """
                when: product_viewed.count() == 6
                send:
                  looked: product_viewed.map(v, v.product_id).distinct()
                  again: product_viewed.within('30d').map(v, v.product_id).distinct()
                  twice: product_viewed.within('29d').map(v, v.product_id).distinct()
                """);
        event("product_added", "ann", "2025-11-01T10:00:00Z", Map.of());
        for (int view = 1; view <= 6; view++) {
            String product = "x".repeat(75_500) + view;
            event("product_viewed", "ann", "2025-11-01T10:00:0" + view + "Z", Map.of("product_id", product));
        }
        List<TriggerDecision> decisions = scenario.readDecisions();
        TriggerDecision sent = decisions.get(decisions.size() - 1);
        assertThat(sent.kind()).isEqualTo(Kind.SEND);
        assertThat(sent.payload()).isEmpty();
        assertThat(scenario.counter("segue.customer.limits", "limit", "decision_bytes"))
                .isEqualTo(1);
    }

    @Test
    void erasureCancels() throws Exception {
        define("", "wait: 10m\n");
        event("product_added", "ann", "2025-11-01T10:00:00Z", Map.of());
        event("customer_erased", "ann", "2025-11-01T10:01:00Z", Map.of());
        scenario.timeIs("2025-11-01T10:30:00Z");
        assertThat(decided()).containsExactly("ann WAITING 10:00:00", "ann CANCELLED 10:01:00");
    }

    private static String first(List<TriggerDecision> decisions, Arm arm) {
        return decisions.stream()
                .filter(decision -> decision.arm() == arm)
                .findFirst()
                .orElseThrow()
                .customerId();
    }

    private List<String> decided() throws Exception {
        return scenario.readDecisions().stream()
                .map(decision -> decision.customerId() + " " + decision.kind() + " "
                        + decision.decidedAt().toString().substring(11, 19))
                .toList();
    }

    private void event(String type, String customer, String at, Map<String, Object> more) throws Exception {
        Map<String, Object> values = new HashMap<>(more);
        values.putAll(Map.of("type", type, "customer_id", customer, "event_id", "e" + ++number, "occurred_at", at));
        Event event = new EventBuilder(vocabulary).build(values);
        scenario.event(event, Instant.parse(at));
    }
}
