// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New definitions know what a person has done under every id. */
class FilledPersonsTest {
    private static final String QUIET = TopologyScenario.QUIET;
    private static final String KEEN = """
            segment: keen
            when: product_viewed.count() >= 3
            carry:
              seen: product_viewed.last(5).map(v, v.product_id)
            """;
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;

    @BeforeEach
    void open() throws Exception {
        events = new ScenarioEvents();
        scenario = new TopologyScenario(directory);
        scenario.clockIs(TEN);
        scenario.define(QUIET);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void view(String customer, int minute, String product) throws Exception {
        events.send(scenario, customer, TEN.plus(Duration.ofMinutes(minute)), "product_viewed", "product_id", product);
    }

    private void identified(String customer, int minute, String device) throws Exception {
        Instant at = TEN.plus(Duration.ofMinutes(minute));
        events.send(scenario, customer, at, "customer_identified", "anonymous_id", device);
    }

    /** Publishes the new definition and lets it be filled. */
    private List<String> filled(int minute) throws Exception {
        Instant at = TEN.plus(Duration.ofMinutes(minute));
        scenario.clockIs(at);
        scenario.define(ScenarioEvents.set(QUIET, KEEN));
        return settled(at);
    }

    private List<String> settled(Instant at) throws Exception {
        for (int round = 0; round < 30; round++) {
            scenario.timeIs(at);
        }
        return scenario.readChanges().stream()
                .filter(change -> change.segment().equals("keen"))
                .map(change -> change.customerId() + " " + change.kind() + " since " + change.enteredAt() + " "
                        + change.carry().get("seen"))
                .toList();
    }

    @Test
    void whatAVisitorDidBeforeLoggingInCounts() throws Exception {
        view("d1", 0, "p1");
        view("d1", 1, "p2");
        identified("ann", 2, "d1");
        view("ann", 3, "p3");
        view("d1", 4, "p4");
        assertThat(filled(60)).containsExactly("ann ENTERED since 2025-11-01T10:03:00Z [p1, p2, p3, p4]");
    }

    @Test
    void itCountsOnceAfterARestart() throws Exception {
        view("d1", 0, "p1");
        identified("ann", 1, "d1");
        view("ann", 2, "p2");
        assertThat(filled(60)).isEmpty();
        scenario.restart();
        view("d1", 61, "p3");
        assertThat(scenario.readChanges())
                .extracting(change -> change.segment() + " " + change.carry().get("seen"))
                .contains("keen [p1, p2, p3]");
    }

    @Test
    void whatWasDoneOnASharedDeviceStaysWithWhoeverHadItThen() throws Exception {
        identified("ann", 0, "d1");
        view("d1", 1, "p1");
        view("d1", 2, "p2");
        view("d1", 3, "p3");
        identified("bob", 4, "d1");
        view("d1", 5, "p4");
        view("bob", 6, "p5");
        assertThat(filled(60)).containsExactly("ann ENTERED since 2025-11-01T10:03:00Z [p1, p2, p3]");
        view("d1", 61, "p6");
        assertThat(settled(TEN.plus(Duration.ofMinutes(62)))).containsExactly("bob ENTERED since null [p4, p5, p6]");
    }

    @Test
    void thePastFollowsTheIdsFromOneToTheNext() throws Exception {
        view("d1", 0, "p1");
        identified("old", 1, "d1");
        view("old", 2, "p2");
        events.send(
                scenario,
                "ann",
                TEN.plus(Duration.ofMinutes(3)),
                "customers_merged",
                "other_id",
                "old",
                "survivor",
                "ann");
        view("ann", 4, "p3");
        view("d1", 5, "p4");
        assertThat(filled(60)).containsExactly("ann ENTERED since 2025-11-01T10:04:00Z [p1, p2, p3, p4]");
    }

    @Test
    void whatWasErasedDoesNotComeBackUnderAnotherId() throws Exception {
        view("d1", 0, "p1");
        view("d1", 1, "p2");
        identified("ann", 2, "d1");
        view("ann", 3, "p3");
        events.send(scenario, "ann", TEN.plus(Duration.ofMinutes(10)), "customer_erased");
        view("ann", 20, "p4");
        identified("ann", 21, "d1");
        view("d1", 22, "p5");
        assertThat(filled(60)).isEmpty();
    }

    @Test
    void whoeverLogsInWhileThePastIsReadIsOneAfterwards() throws Exception {
        view("d1", 0, "p1");
        view("d1", 1, "p2");
        view("ann", 2, "p3");
        Instant at = TEN.plus(Duration.ofMinutes(60));
        scenario.clockIs(at);
        scenario.define(ScenarioEvents.set(QUIET, KEEN));
        scenario.timeIs(at);
        identified("ann", 61, "d1");
        view("d1", 62, "p4");
        assertThat(settled(TEN.plus(Duration.ofMinutes(63))))
                .containsExactly(
                        "d1 ENTERED since 2025-11-01T11:02:00Z [p1, p2, p4]",
                        "d1 EXITED since 2025-11-01T11:02:00Z null");
        assertThat(scenario.memberships().get("ann|keen")).isNotNull();
    }
}
