// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.event.Evidence;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition that would store more of a customer than a record can hold is reduced, without affecting other data. */
class LargeCustomerTest {
    private static final int MOST = 65_536;
    private static final int TEXT = 10_000;
    private static final Instant START = Instant.parse("2025-11-01T10:00:00Z");
    private static final String DEFINITIONS = """
            segment: greedy
            describes: Looked at nine different things.
            when: product_viewed.map(v, v.product_id).distinct().count() >= 9
            ---
            segment: greedier
            describes: Looked at six different things in an hour.
            when: product_viewed.within('1h').map(v, v.product_id).distinct().count() >= 6
            ---
            segment: modest
            describes: Looked eight times.
            when: product_viewed.count() == 8
            ---
            segment: quiet
            describes: Looked at something and went away for an hour.
            when: product_viewed.count() >= 1 && product_viewed.within('1h').count() == 0
            ---
            trait: all
            describes: What was looked at.
            value: product_viewed.map(v, v.product_id).distinct()
            ---
            """;
    private static final String TOLD = """
            segment: told
            describes: Looked at something.
            when: product_viewed.count() == 6
            carry:
              times: product_viewed.count()
              looked: product_viewed.map(v, v.product_id).distinct()
              again: product_viewed.within('30d').map(v, v.product_id).distinct()
            """;

    @TempDir
    Path directory;

    private Vocabulary vocabulary;
    private TopologyScenario scenario;

    @BeforeEach
    void open() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        scenario = new TopologyScenario(directory);
        define(DEFINITIONS + TOLD, MOST);
    }

    private void define(String definitions, int stateBytes) throws Exception {
        scenario.define(definitions);
        scenario.stateBytes = stateBytes;
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void halvesLargestAggregateOnly() throws Exception {
        for (int number = 1; number <= 20; number++) {
            views("ann", number, "x".repeat(TEXT) + number);
            views("bob", number, "p" + number);
            assertThat(stored("ann").length).isLessThanOrEqualTo(MOST);
        }
        scenario.timeIs(START.plusSeconds(2 * 3600));
        List<Change> changes = scenario.readChanges();
        assertThat(told(changes, "bob"))
                .filteredOn(change -> !change.startsWith("UPDATED"))
                .containsExactly(
                        "ENTERED all 1",
                        "ENTERED greedier 6",
                        "ENTERED told 6",
                        "EXITED told 7",
                        "ENTERED modest 8",
                        "ENTERED greedy 9",
                        "EXITED modest 9",
                        "EXITED greedier 3615",
                        "ENTERED quiet 3620");
        assertThat(told(changes, "ann"))
                .contains(
                        "ENTERED told 6", "EXITED told 7", "ENTERED modest 8", "EXITED modest 9", "ENTERED quiet 3620")
                .doesNotContain("ENTERED greedy 9");
        assertThat(scenario.counter("segue.customer.limits", "limit", "state_bytes"))
                .isPositive();
        assertThat(last(changes, "ann", "all").evidence())
                .extracting(Evidence::approximate)
                .containsOnly(true);
    }

    @Test
    void membershipsMatchChanges() throws Exception {
        for (int number = 1; number <= 20; number++) {
            views("ann", number, "x".repeat(TEXT) + number);
        }
        Change last = last(scenario.readChanges(), "ann", "all");
        List<CustomerProfile> profiles = scenario.profiles();
        assertThat(profiles.get(profiles.size() - 1).memberships())
                .filteredOn(membership -> membership.segment().equals("all"))
                .extracting(CustomerProfile.Membership::value)
                .containsExactly(last.value());
    }

    @Test
    void yieldsSameChangesAfterRestart() throws Exception {
        for (int number = 1; number <= 20; number++) {
            views("ann", number, "x".repeat(TEXT) + number);
        }
        List<String> before = told(scenario.readChanges(), "ann");
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("again"));
        define(DEFINITIONS + TOLD, MOST);
        List<String> again = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            views("ann", number, "x".repeat(TEXT) + number);
            again.addAll(told(scenario.readChanges(), "ann"));
            scenario.restart();
        }
        assertThat(again).isEqualTo(before);
    }

    @Test
    void publishesTooLargeChangeWithoutCarry() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("wide"));
        // Without the trait, whose value is stored beside the series.
        define(TOLD, 7 << 16);
        for (int number = 1; number <= 6; number++) {
            views("ann", number, "x".repeat(7 * TEXT) + number);
        }
        Change told = last(scenario.readChanges(), "ann", "told");
        assertThat(told.kind()).isEqualTo(Change.Kind.ENTERED);
        assertThat(told.carry().keySet())
                .as("twice six times 70 000 bytes")
                .containsExactlyInAnyOrder("times", "looked", "again");
        for (int number = 1; number <= 6; number++) {
            views("bob", number, "y".repeat(75_500) + number);
        }
        told = last(scenario.readChanges(), "bob", "told");
        assertThat(told.carry().isEmpty()).as("twice six times 75 500 bytes").isTrue();
        assertThat(told.evidence()).extracting(Evidence::value).containsExactly(6L);
        assertThat(scenario.counter("segue.customer.limits", "limit", "change_bytes"))
                .isPositive();
    }

    @Test
    void pastOfADefinitionIsHalvedToo() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("past"));
        define(TopologyScenario.QUIET, MOST);
        for (int number = 1; number <= 20; number++) {
            views("ann", number, "x".repeat(TEXT) + number);
        }
        assertThat(stored("ann").length).isLessThan(TEXT);
        Instant later = START.plusSeconds(60);
        scenario.clockIs(later);
        scenario.define(DEFINITIONS + TOLD);
        for (int round = 0; round < 30; round++) {
            scenario.timeIs(later);
        }
        List<Change> changes = scenario.readChanges();
        assertThat(told(changes, "ann")).contains("ENTERED all 60");
        assertThat(last(changes, "ann", "all").evidence())
                .extracting(Evidence::approximate)
                .containsOnly(true);
        assertThat(stored("ann").length).isBetween(TEXT, MOST);
        views("ann", 61, "y");
        assertThat(stored("ann").length).isBetween(TEXT, MOST);
    }

    /** For example {@code ENTERED told 6}: with the seconds since the start. */
    private static List<String> told(List<Change> changes, String customer) {
        return changes.stream()
                .filter(change -> change.customerId().equals(customer))
                .map(change -> change.kind() + " " + change.segment() + " "
                        + (change.effectiveAt().getEpochSecond() - START.getEpochSecond()))
                .toList();
    }

    private static Change last(List<Change> changes, String customer, String segment) {
        List<Change> those = changes.stream()
                .filter(change ->
                        change.customerId().equals(customer) && change.segment().equals(segment))
                .toList();
        return those.get(those.size() - 1);
    }

    private void views(String customer, int second, String product) throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of("type", "product_viewed", "product_id", product));
        values.putAll(Map.of(
                "customer_id",
                customer,
                "event_id",
                customer + second,
                "occurred_at",
                START.plusSeconds(second).toString()));
        Event event = new EventBuilder(vocabulary).build(values);
        scenario.event(event);
    }

    private byte[] stored(String customer) throws Exception {
        return scenario.store().get(Bytes.wrap(customer.getBytes(StandardCharsets.UTF_8)));
    }
}
