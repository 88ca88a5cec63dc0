// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that read the customer's ids are evaluated whenever these change. */
class CustomerIdsInDefinitionsTest {
    private static final String DEFINITIONS = ScenarioEvents.set(
            "segment: two-ids\nwhen: customer.ids.count() >= 2",
            "segment: patient\nwhen: customer.ids.count() == 1\nfor: 10m",
            "segment: devices\nwhen: customer.id.startsWith('d')",
            "trait: ids\nwhen: customer.ids.count() > 1\nvalue: customer.ids");

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;

    @BeforeEach
    void open() throws Exception {
        scenario = new TopologyScenario(directory);
        scenario.define(DEFINITIONS);
        events = new ScenarioEvents();
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void idCountsFromTheEventThatLinksIt() throws Exception {
        send("ann", "10:00", "page_viewed", "anonymous_id", "d1");
        assertThat(told()).containsExactly("ann ENTERED ids 10:00 EVENT [ann, d1]", "ann ENTERED two-ids 10:00 EVENT");
    }

    /** The link must not be seen by what became due before its event. */
    @Test
    void whatWasDueBeforeSawTheEarlierIds() throws Exception {
        send("ann", "10:00", "page_viewed");
        send("ann", "11:00", "page_viewed", "anonymous_id", "d1");
        assertThat(told())
                .containsExactly(
                        "ann ENTERED patient 10:10 DEADLINE",
                        "ann ENTERED ids 11:00 EVENT [ann, d1]",
                        "ann EXITED patient 11:00 EVENT",
                        "ann ENTERED two-ids 11:00 EVENT");
    }

    @Test
    void survivorHasTheIdsOfBoth() throws Exception {
        send("zoe", "10:00", "page_viewed", "anonymous_id", "d1");
        send("ann", "10:01", "page_viewed", "anonymous_id", "e1");
        send("ann", "10:02", "customers_merged", "other_id", "zoe");
        assertThat(told())
                .contains("zoe UPDATED ids 10:02 MERGE [zoe, ann, d1, e1]", "ann EXITED two-ids 10:02 MERGE")
                .doesNotContain("zoe EXITED two-ids 10:02 MERGE");
    }

    @Test
    void loserOfADeviceIsEvaluatedAgain() throws Exception {
        send("ann", "10:00", "page_viewed", "anonymous_id", "d1");
        send("bob", "10:01", "page_viewed", "anonymous_id", "d1");
        assertThat(told())
                .contains(
                        "bob ENTERED two-ids 10:01 EVENT",
                        "ann EXITED two-ids 10:00 MERGE",
                        "ann EXITED ids 10:00 MERGE");
        scenario.timeIs("2025-11-01T10:11:00Z");
        assertThat(told()).contains("ann ENTERED patient 10:10 DEADLINE");
    }

    @Test
    void claimThatIsRefusedIsTakenBack() throws Exception {
        send("ann", "10:00", "page_viewed", "anonymous_id", "d1");
        send("thief", "10:01", "page_viewed", "anonymous_id", "ann");
        assertThat(told()).contains("thief ENTERED two-ids 10:01 EVENT", "thief EXITED two-ids 10:01 MERGE");
    }

    @Test
    void newCustomerHasAnIdBeforeAnyAggregate() throws Exception {
        send("d9", "10:00", "page_viewed");
        send("ann", "10:00", "page_viewed");
        assertThat(told()).containsExactly("d9 ENTERED devices 10:00 EVENT");
    }

    private void send(String customer, String at, String type, String... values) throws Exception {
        events.send(scenario, customer, Instant.parse("2025-11-01T" + at + ":00Z"), type, values);
    }

    private List<String> told() throws Exception {
        return scenario.readChanges().stream()
                .map(change -> change.customerId() + " " + change.kind() + " " + change.segment() + " "
                        + change.effectiveAt().toString().substring(11, 16) + " "
                        + change.cause().kind() + (change.value() == null ? "" : " " + change.value()))
                .toList();
    }
}
