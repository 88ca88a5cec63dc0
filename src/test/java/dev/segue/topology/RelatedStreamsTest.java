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

/** What an event follows, or what answers it, may have happened under another id, or before the definition. */
class RelatedStreamsTest {
    private static final String LEFT =
            "segment: left\nwhen: checkout_started.unanswered(order_completed, '1h').count() > 0";
    private static final String BOUGHT_SOON =
            "segment: bought-soon\nwhen: order_completed.follows(product_viewed, '1h').count() > 0";

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;

    @BeforeEach
    void open() throws Exception {
        events = new ScenarioEvents();
        scenario = new TopologyScenario(directory);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void customerAnswersTheVisitor() throws Exception {
        scenario.define(ScenarioEvents.set(LEFT, BOUGHT_SOON));
        send("d1", "10:00", "product_viewed");
        send("d1", "10:10", "checkout_started");
        send("ann", "10:30", "order_completed", "anonymous_id", "d1");
        scenario.timeIs("2025-11-01T12:00:00Z");
        assertThat(told()).containsExactly("ann ENTERED bought-soon 10:30 MERGE");
    }

    @Test
    void nothingAnswersTheVisitorUnderEitherId() throws Exception {
        scenario.define(ScenarioEvents.set(LEFT, BOUGHT_SOON));
        send("ann", "10:00", "order_completed");
        send("d1", "10:10", "checkout_started");
        send("ann", "10:20", "page_viewed", "anonymous_id", "d1");
        scenario.timeIs("2025-11-01T12:00:00Z");
        assertThat(told()).containsExactly("ann ENTERED left 11:10 DEADLINE");
    }

    @Test
    void definitionKnowsWhatHappenedBeforeIt() throws Exception {
        scenario.define(ScenarioEvents.set("segment: any\nwhen: activity.count() > 100"));
        send("ann", "10:00", "product_viewed");
        send("ann", "10:10", "checkout_started");
        send("ann", "10:20", "order_completed");
        send("bob", "10:30", "checkout_started");
        scenario.clockIs(Instant.parse("2025-11-01T11:00:00Z"));
        scenario.define(ScenarioEvents.set(LEFT, BOUGHT_SOON));
        for (int round = 0; round < 30; round++) {
            scenario.timeIs("2025-11-01T11:00:00Z");
        }
        scenario.timeIs("2025-11-01T12:00:00Z");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "ann ENTERED bought-soon 11:00 DEFINITION", "bob ENTERED left 11:30 DEADLINE");
    }

    private void send(String customer, String at, String type, String... values) throws Exception {
        events.send(scenario, customer, Instant.parse("2025-11-01T" + at + ":00Z"), type, values);
    }

    private List<String> told() throws Exception {
        return scenario.readChanges().stream()
                .map(change -> change.customerId() + " " + change.kind() + " " + change.segment() + " "
                        + change.effectiveAt().toString().substring(11, 16) + " "
                        + change.cause().kind())
                .toList();
    }
}
