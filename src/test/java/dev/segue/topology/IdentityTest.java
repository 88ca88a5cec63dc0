// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.LimitSettings;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.state.InputProblem;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor who logs in goes on as the customer. */
class IdentityTest {
    private static final String DEFINITIONS = """
            segment: viewer
            when: product_viewed.count() >= 2
            ---
            segment: abandoned
            when: cart.count() > 0 && activity.within('1h').count() == 0
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
        scenario.define(DEFINITIONS);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void visitorGoesOnAsTheCustomer() throws Exception {
        event("product_viewed", "d1", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("product_viewed", "d1", "2025-11-01T10:01:00Z", Map.of("product_id", "p2"));
        event("product_viewed", "ann", "2025-11-01T10:02:00Z", Map.of("product_id", "p3", "anonymous_id", "d1"));
        assertThat(told())
                .containsExactly("d1 ENTERED viewer 10:01:00 EVENT", "d1 EXITED viewer 10:01:00 MERGE into ann");
        Map<String, ?> memberships = scenario.memberships();
        assertThat(memberships).containsEntry("d1|viewer", null);
        assertThat(memberships.get("ann|viewer")).isNotNull();
        List<TestRecord<byte[], byte[]>> profiles = scenario.output(TopologyScenario.TOPICS.profiles());
        assertThat(profiles)
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8) + (record.value() == null))
                .contains("d1true", "annfalse");
        assertThat(scenario.counters.read().unaccounted()).isZero();
    }

    /** The commonest complaint about such tools: the guest gets the mail although the customer has ordered. */
    @Test
    void guestsCartIsEmptyOnceTheCustomerHasOrdered() throws Exception {
        event("product_added", "d1", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("order_completed", "ann", "2025-11-01T10:30:00Z", Map.of("order_id", "o1", "anonymous_id", "d1"));
        scenario.timeIs("2025-11-01T12:00:00Z");
        assertThat(told()).isEmpty();
    }

    @Test
    void laterEventsOfTheDeviceAreTheCustomers() throws Exception {
        event("product_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "d1"));
        event("product_viewed", "d1", "2025-11-01T10:01:00Z", Map.of("product_id", "p2", "anonymous_id", "d1"));
        assertThat(told()).containsExactly("ann ENTERED viewer 10:01:00 EVENT");
        assertThat(scenario.counters.read().forwarded()).isEqualTo(1);
        assertThat(scenario.counters.read().unaccounted()).isZero();
    }

    @Test
    void sharedDeviceBelongsToWhoeverNamedItLast() throws Exception {
        event("product_viewed", "d1", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("customer_identified", "ann", "2025-11-01T10:01:00Z", Map.of("anonymous_id", "d1"));
        event("customer_identified", "bob", "2025-11-01T10:02:00Z", Map.of("anonymous_id", "d1"));
        event("product_viewed", "d1", "2025-11-01T10:03:00Z", Map.of("product_id", "p2"));
        event("product_viewed", "d1", "2025-11-01T10:04:00Z", Map.of("product_id", "p3"));
        event("customer_identified", "ann", "2025-11-01T10:05:00Z", Map.of("anonymous_id", "d1"));
        event("product_viewed", "d1", "2025-11-01T10:06:00Z", Map.of("product_id", "p4"));
        assertThat(told()).containsExactly("bob ENTERED viewer 10:04:00 EVENT", "ann ENTERED viewer 10:06:00 EVENT");
    }

    @Test
    void placeholdersLinkNobody() throws Exception {
        event("product_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "undefined"));
        event("product_viewed", "bob", "2025-11-01T10:01:00Z", Map.of("product_id", "p1", "anonymous_id", "undefined"));
        assertThat(told()).isEmpty();
        assertThat(problems(InputProblem.Kind.PLACEHOLDER_ID)).isEqualTo(2);
    }

    @Test
    void linksThatLinkNothingAreCountedByReason() throws Exception {
        event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of());
        event("customers_merged", "ann", "2025-11-01T10:00:00Z", Map.of());
        event("customers_merged", "ann", "2025-11-01T10:00:00Z", Map.of("other_id", " "));
        assertThat(problems(InputProblem.Kind.LINK_WITHOUT_ID)).isEqualTo(3);
        event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "ann"));
        event("customers_merged", "ann", "2025-11-01T10:00:00Z", Map.of("other_id", "ann"));
        assertThat(problems(InputProblem.Kind.LINK_TO_ITSELF)).isEqualTo(2);
        for (String placeholder : List.of("null", "undefined", "0000-0000", "0")) {
            event("customers_merged", "ann", "2025-11-01T10:00:00Z", Map.of("other_id", placeholder));
            event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", placeholder));
        }
        assertThat(problems(InputProblem.Kind.PLACEHOLDER_ID)).isEqualTo(8);
        // Trackers send the visitor's id twice, and other events need not link anybody.
        event("page_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "ann"));
        event("page_viewed", "ann", "2025-11-01T10:00:00Z", Map.of());
        event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "d1"));
        event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "d1"));
        assertThat(problems(InputProblem.Kind.LINK_WITHOUT_ID)).isEqualTo(3);
        assertThat(problems(InputProblem.Kind.LINK_TO_ITSELF)).isEqualTo(2);
        assertThat(scenario.counters.read().unaccounted()).isZero();
    }

    @Test
    void customerGetsTwentyIdsADayAndNoMore() throws Exception {
        for (int device = 1; device <= 22; device++) {
            event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "d" + device));
        }
        assertThat(problems(InputProblem.Kind.TOO_MANY_IDS)).isEqualTo(2);
        // 24 hours after the last one, to the millisecond.
        event("customer_identified", "ann", "2025-11-02T09:59:59.999Z", Map.of("anonymous_id", "d21"));
        assertThat(problems(InputProblem.Kind.TOO_MANY_IDS)).isEqualTo(3);
        event("customer_identified", "ann", "2025-11-02T10:00:00Z", Map.of("anonymous_id", "d21"));
        assertThat(problems(InputProblem.Kind.TOO_MANY_IDS)).isEqualTo(3);
    }

    @Test
    void erasureFollowsTheLinks() throws Exception {
        event("product_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "d1"));
        event("customer_erased", "d1", "2025-11-01T11:00:00Z", Map.of());
        event("product_viewed", "ann", "2025-11-01T10:59:00Z", Map.of("product_id", "p1"));
        event("product_viewed", "d1", "2025-11-01T10:59:00Z", Map.of("product_id", "p1"));
        event("product_viewed", "d1", "2025-11-01T10:59:30Z", Map.of("product_id", "p1"));
        assertThat(told()).isEmpty();
        assertThat(scenario.counters.read().erased()).isEqualTo(3);
        assertThat(customers()).isEmpty();
        assertThat(scenario.counters.read().unaccounted()).isZero();
    }

    @Test
    void mergedCustomersGoOnAsTheOneWhoWasSeenFirst() throws Exception {
        event("product_viewed", "zoe", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("product_viewed", "ann", "2025-11-01T10:01:00Z", Map.of("product_id", "p2"));
        event("customers_merged", "ann", "2025-11-01T10:02:00Z", Map.of("other_id", "zoe"));
        assertThat(told()).containsExactly("zoe ENTERED viewer 10:02:00 MERGE");
    }

    @Test
    void namedSurvivorGoesOn() throws Exception {
        event("product_viewed", "zoe", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("product_viewed", "ann", "2025-11-01T10:01:00Z", Map.of("product_id", "p2"));
        event("customers_merged", "zoe", "2025-11-01T10:02:00Z", Map.of("other_id", "ann", "survivor", "ann"));
        assertThat(told()).containsExactly("ann ENTERED viewer 10:02:00 MERGE");
    }

    @Test
    void idsThatAreTooLongLinkNobody() throws Exception {
        int most = LimitSettings.defaults().customerIdBytes();
        event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "x".repeat(most + 1)));
        event("customers_merged", "ann", "2025-11-01T10:00:00Z", Map.of("other_id", "x".repeat(most + 1)));
        assertThat(problems(InputProblem.Kind.ID_TOO_LONG)).isEqualTo(2);
        event("customer_identified", "ann", "2025-11-01T10:00:00Z", Map.of("anonymous_id", "x".repeat(most)));
        assertThat(problems(InputProblem.Kind.ID_TOO_LONG)).isEqualTo(2);
    }

    @Test
    void customerWithDevicesIsNobodysDevice() throws Exception {
        event("product_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "d1"));
        event("product_viewed", "ann", "2025-11-01T10:01:00Z", Map.of("product_id", "p2"));
        event("page_viewed", "thief", "2025-11-01T10:02:00Z", Map.of("anonymous_id", "ann"));
        event("product_viewed", "d1", "2025-11-01T10:03:00Z", Map.of("product_id", "p2"));
        assertThat(told()).containsExactly("ann ENTERED viewer 10:01:00 EVENT");
        assertThat(scenario.counters.read().forwarded()).isEqualTo(1);
        assertThat(problems(InputProblem.Kind.CUSTOMER_AS_DEVICE)).isEqualTo(1);
    }

    @Test
    void receivingCustomerHasTheSameLimit() throws Exception {
        event("product_viewed", "zoe", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        for (int guest = 1; guest <= 22; guest++) {
            event(
                    "customers_merged",
                    "guest" + guest,
                    "2025-11-01T10:00:00Z",
                    Map.of("other_id", "zoe", "survivor", "zoe"));
        }
        assertThat(problems(InputProblem.Kind.TOO_MANY_IDS)).isEqualTo(2);
    }

    @Test
    void whatIsOnItsWayDoesNotBringTheErasedBack() throws Exception {
        event("product_viewed", "d1", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("customer_identified", "ann", "2025-11-01T10:01:00Z", Map.of("anonymous_id", "d1"));
        List<TestRecord<byte[], byte[]>> sent = scenario.output(TopologyScenario.TOPICS.transfers());
        assertThat(sent).hasSize(2);
        event("customer_erased", "ann", "2025-11-01T10:02:00Z", Map.of());
        assertThat(customers()).isEmpty();
        for (TestRecord<byte[], byte[]> late : sent) {
            scenario.rawTransfer(late.key(), late.value(), Instant.parse("2025-11-01T10:03:00Z"));
        }
        assertThat(customers()).isEmpty();
        // Long after the erasure, whoever comes back is new: nothing of the link is left.
        event("product_viewed", "d1", "2026-03-01T10:00:00Z", Map.of("product_id", "p1"));
        assertThat(customers()).containsExactly("d1");
    }

    /** The same browser, or the tablet of a family. */
    @Test
    void deviceOfAnErasedCustomerMayBeAnothersLater() throws Exception {
        event("product_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "d1"));
        event("customer_erased", "ann", "2025-11-02T10:00:00Z", Map.of());
        event("product_viewed", "bob", "2025-11-03T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "d1"));
        event("product_viewed", "d1", "2026-03-01T10:00:00Z", Map.of("product_id", "p2"));
        assertThat(told()).containsExactly("bob ENTERED viewer 10:00:00 EVENT");
    }

    @Test
    void damagedTransfersAreDeadLetters() throws Exception {
        event("product_viewed", "d1", "2025-11-01T10:00:00Z", Map.of("product_id", "p1"));
        event("customer_identified", "ann", "2025-11-01T10:01:00Z", Map.of("anonymous_id", "d1"));
        List<TestRecord<byte[], byte[]>> sent = scenario.output(TopologyScenario.TOPICS.transfers());
        byte[] move = sent.get(1).value();
        Instant at = Instant.parse("2025-11-01T10:03:00Z");
        scenario.rawTransfer(null, move, at);
        scenario.rawTransfer(sent.get(1).key(), null, at);
        scenario.rawTransfer(sent.get(1).key(), new byte[] {1, 2, 3}, at);
        scenario.rawTransfer(sent.get(1).key(), Arrays.copyOf(move, move.length - 1), at);
        assertThat(scenario.deadLetters()).hasSize(4);
        assertThat(scenario.counters.read().refusedControl()).isEqualTo(4);
        event("product_viewed", "d1", "2025-11-01T10:04:00Z", Map.of("product_id", "p2"));
        assertThat(told()).containsExactly("ann ENTERED viewer 10:04:00 EVENT");
    }

    @Test
    void linksOutliveARestart() throws Exception {
        event("product_viewed", "ann", "2025-11-01T10:00:00Z", Map.of("product_id", "p1", "anonymous_id", "d1"));
        scenario.restart();
        event("product_viewed", "d1", "2025-11-01T10:01:00Z", Map.of("product_id", "p2"));
        assertThat(told()).containsExactly("ann ENTERED viewer 10:01:00 EVENT");
    }

    /** The output of a restarted scenario begins anew, so this reads before. */
    private List<String> told() throws Exception {
        return scenario.readChanges().stream()
                .map(change -> change.customerId() + " " + change.kind() + " " + change.segment() + " "
                        + change.effectiveAt().toString().substring(11, 19) + " "
                        + change.cause().kind()
                        + (change.mergedInto() == null ? "" : " into " + change.mergedInto()))
                .toList();
    }

    private double problems(InputProblem.Kind kind) {
        return scenario.counter("segue.events.problems", "problem", kind.label());
    }

    private Set<String> customers() throws Exception {
        return scenario.store().keySet().stream()
                .map(key -> new String(key.get(), StandardCharsets.UTF_8))
                .filter(key -> key.equals("ann") || key.equals("d1"))
                .collect(Collectors.toSet());
    }

    private void event(String type, String customer, String at, Map<String, Object> more) throws Exception {
        Map<String, Object> values = new HashMap<>(more);
        values.putAll(Map.of("type", type, "customer_id", customer, "event_id", "e" + ++number, "occurred_at", at));
        Event event = new EventBuilder(vocabulary).build(values);
        scenario.event(event, Instant.parse(at).plus(Duration.ofSeconds(1)));
    }
}
