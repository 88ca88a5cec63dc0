// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DrainBudget;
import dev.segue.event.CustomerProfile;
import dev.segue.serde.output.OutputReader.CustomerMembership;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmenterTest {
    /** As the scenario's own segment, but after five minutes. */
    private static final String SOON_QUIET = TopologyScenario.QUIET.replace("1h", "5m");

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
    void entersExactlyAtDeadline() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T10:59:59.999Z");
        assertThat(scenario.changes()).isEmpty();
        scenario.timeIs("2025-11-01T11:00:00Z");
        assertThat(scenario.changes()).containsExactly("ann ENTERED 2025-11-01T11:00:00Z DEADLINE");
    }

    @Test
    void lateTickStillYieldsExactInstant() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T13:37:00Z");
        assertThat(scenario.changes()).containsExactly("ann ENTERED 2025-11-01T11:00:00Z DEADLINE");
    }

    @Test
    void eventAdvancesItsCustomerFirst() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("ann", "e2", "2025-11-01T12:00:00Z");
        assertThat(scenario.changes())
                .containsExactly("ann ENTERED 2025-11-01T11:00:00Z DEADLINE", "ann EXITED 2025-11-01T12:00:00Z EVENT");
    }

    @Test
    void eventAdvancesOnlyItsOwnCustomer() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("bob", "e2", "2025-11-01T15:00:00Z");
        scenario.pause();
        assertThat(scenario.changes()).isEmpty();
    }

    @Test
    void timeNeverGoesBack() throws Exception {
        scenario.timeIs("2025-11-01T12:00:00Z");
        scenario.rawControl(
                scenario.tick(Instant.parse("2025-11-01T09:00:00Z")), Instant.parse("2025-11-01T12:00:01Z"));
        scenario.event("ann", "e1", "2025-11-01T10:30:00Z");
        assertThat(scenario.changes())
                .as("the late event is asked about at noon, when ann has been quiet for long")
                .containsExactly("ann ENTERED 2025-11-01T12:00:00Z EVENT");
    }

    @Test
    void ignoresTickFarAheadOfItsRecord() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        Instant now = Instant.parse("2025-11-01T10:00:01Z");
        scenario.rawControl(scenario.tick(Instant.parse("2099-01-01T00:00:00Z")), now);
        scenario.rawControl(new byte[] {1, 2, 3}, now);
        scenario.rawControl(null, now);
        assertThat(scenario.changes()).isEmpty();
        assertThat(scenario.counters.read().refusedControl()).isEqualTo(3);
        assertThat(scenario.deadLetters()).hasSize(3);
    }

    @Test
    void writesMembershipAndTombstone() throws Exception {
        scenario.event("ann|x", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T11:00:00Z");
        assertThat(scenario.memberships())
                .hasEntrySatisfying(
                        "ann|x|quiet",
                        membership -> assertThat(membership)
                                .extracting(CustomerMembership::customerId)
                                .isEqualTo("ann|x"));
        assertThat(scenario.profiles())
                .singleElement()
                .satisfies(profile -> assertThat(profile.memberships())
                        .extracting(CustomerProfile.Membership::segment)
                        .containsExactly("quiet"));
        scenario.event("ann|x", "e2", "2025-11-01T11:30:00Z");
        assertThat(scenario.memberships()).containsEntry("ann|x|quiet", null);
        assertThat(scenario.profiles())
                .singleElement()
                .satisfies(profile -> assertThat(profile.memberships()).isEmpty());
    }

    @Test
    void writesOneMembershipAndProfilePerEvaluation() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("ann", "e2", "2025-11-01T12:00:00Z");
        assertThat(scenario.changes()).hasSize(2);
        assertThat(scenario.output(TopologyScenario.TOPICS.memberships())).hasSize(1);
        assertThat(scenario.profiles()).hasSize(1);
    }

    @Test
    void writesNoProfileWithoutChange() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        assertThat(scenario.profiles()).isEmpty();
        assertThat(scenario.memberships()).isEmpty();
    }

    @Test
    void outputsHaveTimestampOfCause() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T11:00:05Z");
        scenario.event("ann", "e2", "2025-11-01T11:30:00Z");
        assertThat(scenario.output(TopologyScenario.TOPICS.changes()))
                .extracting(TestRecord::getRecordTime)
                .containsExactly(Instant.parse("2025-11-01T11:00:05Z"), Instant.parse("2025-11-01T11:30:00Z"));
    }

    @Test
    void duplicateHasNoEffectAndIsCounted() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        var before = scenario.store();
        scenario.event("ann", "e1", "2025-11-01T10:30:00Z");
        assertThat(scenario.store()).isEqualTo(before);
        assertThat(scenario.counters.read().duplicates()).isEqualTo(1);
    }

    @Test
    void countsEveryEventOnce() throws Exception {
        Instant now = Instant.parse("2025-11-01T10:00:00Z");
        for (int number = 0; number < 60; number++) {
            switch (number % 4) {
                case 0 -> scenario.raw(null, new byte[] {0}, now);
                case 1 -> scenario.raw(new byte[] {'b'}, new byte[number], now);
                default -> scenario.event("ann", "e" + number / 4, "2025-11-01T10:00:00Z");
            }
        }
        Counts counts = scenario.counters.read();
        assertThat(counts.events()).isEqualTo(60);
        assertThat(counts.applied()).isEqualTo(15);
        assertThat(counts.duplicates()).isEqualTo(15);
        assertThat(counts.deadLettered())
                .isEqualTo(30)
                .isEqualTo(scenario.deadLetters().size());
        assertThat(counts.applied() + counts.duplicates() + counts.deadLettered())
                .isEqualTo(counts.events());
    }

    @Test
    void drainsManyEqualDeadlinesBetweenEvents() throws Exception {
        scenario.drain = new DrainBudget(10, Duration.ofSeconds(1));
        for (int customer = 0; customer < 100; customer++) {
            scenario.event("c" + customer, "e" + customer, "2025-11-01T10:00:00Z");
        }
        scenario.timeIs("2025-11-01T11:00:00Z");
        int afterTick = scenario.changes().size();
        // The tick, and the pauses of 20 ms within the 250 ms before it.
        assertThat(afterTick).isBetween(10, 30);
        scenario.event("live", "l1", "2025-11-01T11:00:00Z");
        assertThat(scenario.changes()).as("a budget after the live event").hasSize(10);
        scenario.pause();
        assertThat(scenario.changes()).as("a budget while nothing comes in").hasSize(10);
        List<String> rest = new ArrayList<>();
        while (scenario.counters.read().waiting() > 1) {
            scenario.pause();
            rest.addAll(scenario.changes());
        }
        assertThat(rest)
                .hasSize(80 - afterTick)
                .allSatisfy(change -> assertThat(change).endsWith(" ENTERED 2025-11-01T11:00:00Z DEADLINE"));
    }

    @Test
    void eventBeforeDrainYieldsExactDeadline() throws Exception {
        scenario.drain = new DrainBudget(1, Duration.ofSeconds(1));
        for (int customer = 0; customer < 100; customer++) {
            scenario.event("c" + customer, "e" + customer, "2025-11-01T10:00:00Z");
        }
        scenario.timeIs("2025-11-01T11:00:00.500Z");
        List<String> drained = scenario.changes();
        String waiting = waitingCustomer(drained);
        scenario.event(waiting, "later", "2025-11-01T11:00:00.700Z");
        assertThat(scenario.changes())
                .contains(
                        waiting + " ENTERED 2025-11-01T11:00:00Z DEADLINE",
                        waiting + " EXITED 2025-11-01T11:00:00.700Z EVENT");
    }

    @Test
    void deadlinesSurviveRestart() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.restart();
        assertThat(scenario.counters.read().waiting()).isEqualTo(1);
        scenario.timeIs("2025-11-01T11:00:00Z");
        assertThat(scenario.changes()).containsExactly("ann ENTERED 2025-11-01T11:00:00Z DEADLINE");
        scenario.restart();
        scenario.timeIs("2025-11-01T12:00:00Z");
        assertThat(scenario.changes()).isEmpty();
    }

    @Test
    void lastTickSurvivesRestart() throws Exception {
        List<String> without = lateEventAfterTick(false);
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("again"));
        assertThat(lateEventAfterTick(true))
                .isEqualTo(without)
                .containsExactly("bob ENTERED 2025-11-01T10:50:00Z EVENT");
    }

    @Test
    void newPlanEvaluatesEveryCustomerOnce() throws Exception {
        for (int customer = 0; customer < 5; customer++) {
            scenario.event("c" + customer, "e" + customer, "2025-11-01T10:00:00Z");
        }
        scenario.timeIs("2025-11-01T10:10:00Z");
        scenario.define(SOON_QUIET);
        scenario.restart();
        scenario.timeIs("2025-11-01T10:10:01Z");
        assertThat(scenario.changes())
                .hasSize(5)
                .allSatisfy(change -> assertThat(change).endsWith(" ENTERED 2025-11-01T10:10:01Z DEFINITION"));
        scenario.timeIs("2025-11-01T10:20:00Z");
        scenario.restart();
        scenario.timeIs("2025-11-01T10:29:59Z");
        assertThat(scenario.changes()).isEmpty();
        assertThat(scenario.counters.read().deadlines()).isEqualTo(5);
    }

    @Test
    void nothingIsDueBeforeFirstTick() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.define(SOON_QUIET);
        scenario.restart();
        scenario.event("bob", "e2", "2025-11-01T10:00:00Z");
        scenario.pause();
        assertThat(scenario.changes()).isEmpty();
    }

    @Test
    void reportsClockLag() throws Exception {
        scenario.timeIs("2025-11-01T10:00:00Z");
        assertThat(scenario.counters.progress().lag().clock()).isZero();
        scenario.clockIs(Instant.parse("2025-11-01T10:00:07.001Z"));
        assertThat(scenario.counters.progress().lag().clock()).isEqualTo(Duration.ofMillis(7_001));
        scenario.timeIs("2025-11-01T10:00:08Z");
        assertThat(scenario.counters.progress().lag().clock()).isZero();
    }

    @Test
    void reportsDrainLagUntilCaughtUp() throws Exception {
        scenario.drain = new DrainBudget(1, Duration.ofSeconds(1));
        for (int customer = 0; customer < 100; customer++) {
            scenario.event("c" + customer, "e" + customer, "2025-11-01T10:00:00Z");
        }
        scenario.timeIs("2025-11-01T11:00:05Z");
        Lag behind = scenario.counters.progress().lag();
        // Their sessions have been over since half past ten.
        assertThat(behind.drain()).isEqualTo(Duration.ofMinutes(30).plusSeconds(5));
        assertThat(behind.overdue()).isBetween(70L, 99L);
        while (scenario.counters.read().waiting() > 0) {
            scenario.pause();
        }
        assertThat(scenario.counters.progress().lag()).isEqualTo(new Lag(Duration.ZERO, Duration.ZERO, 0, 0));
    }

    @Test
    void eventIsLateOneMillisecondAfterMinute() throws Exception {
        scenario.event("ann", "e0", "2025-11-01T09:00:00Z");
        assertThat(scenario.counters.read().late())
                .as("before there is any time")
                .isZero();
        scenario.timeIs("2025-11-01T10:01:00Z");
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        assertThat(scenario.counters.read().late()).isZero();
        scenario.event("ann", "e2", "2025-11-01T09:59:59.999Z");
        assertThat(scenario.counters.read().late()).isEqualTo(1);
    }

    @Test
    void measuresStoredState() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.event("ann", "e2", "2025-11-01T10:00:01Z");
        scenario.event("bob", "e3", "2025-11-01T10:00:01Z");
        assertThat(scenario.gauge("segue.state")).isEqualTo(stored());
        scenario.restart();
        assertThat(scenario.gauge("segue.state")).isEqualTo(stored());
        assertThat(scenario.gauge("segue.tasks")).isEqualTo(1);
    }

    @Test
    void measuresLatencyFromRecordAndDeadline() throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T11:00:02Z");
        assertThat(scenario.latencyMillis("DEADLINE")).isEqualTo(2_000);
        scenario.clockIs(Instant.parse("2025-11-01T11:00:05Z"));
        scenario.event("ann", "e2", "2025-11-01T11:00:04Z");
        assertThat(scenario.latencyMillis("EVENT")).isEqualTo(1_000);
    }

    private double stored() throws Exception {
        return scenario.store().entrySet().stream()
                .filter(entry -> (entry.getKey().get()[0] & 0xff) < 0xf8)
                .mapToLong(entry -> entry.getKey().get().length + entry.getValue().length)
                .sum();
    }

    private List<String> lateEventAfterTick(boolean restart) throws Exception {
        scenario.event("ann", "e1", "2025-11-01T10:00:00Z");
        scenario.timeIs("2025-11-01T10:50:00Z");
        if (restart) {
            scenario.restart();
        }
        scenario.event("bob", "e2", "2025-11-01T09:30:00Z");
        return scenario.changes();
    }

    private static String waitingCustomer(List<String> drained) {
        for (int customer = 99; customer >= 0; customer--) {
            String name = "c" + customer;
            if (drained.stream().noneMatch(change -> change.startsWith(name + " "))) {
                return name;
            }
        }
        throw new AssertionError("everybody was drained");
    }
}
