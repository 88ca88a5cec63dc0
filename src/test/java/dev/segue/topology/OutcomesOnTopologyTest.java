// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.trigger.Holdout;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.WindowCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What triggers decided, and what came of it, on the day of the sending; with restarts in between. */
class OutcomesOnTopologyTest {
    private static final long SEED = Long.getLong("segue.seed", 20261201);
    private static final Instant START = Instant.parse("2025-11-01T09:00:00Z");
    private static final int CUSTOMERS = 40;

    private static final String DEFINITIONS = """
            segment: cart
            describes: Put something into the cart.
            when: product_added.count() > 0
            ---
            channel: email
            consent: 'true'
            ---
            trigger: reminder
            describes: Reminds of the cart.
            on: cart
            channel: email
            holdout: 50
            goal: {event: order_completed, within: 3d, value: total}
            """;

    @TempDir
    Path directory;

    private final Map<String, Statistic> windows = new TreeMap<>();
    private final Map<String, Double> expected = new TreeMap<>();
    private Vocabulary vocabulary;
    private TopologyScenario scenario;
    private int events;

    @BeforeEach
    void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    private void happens(String customer, String type, Instant at, Map<String, ?> fields) throws Exception {
        Map<String, Object> values = new HashMap<>(fields);
        values.putAll(Map.of(
                "customer_id", customer, "event_id", "e" + events++, "occurred_at", at.toString(), "type", type));
        scenario.event(new EventBuilder(vocabulary).build(values), at);
    }

    private void expect(String day, String count, double more) {
        expected.merge(day + " " + count, more, Double::sum);
    }

    private void gather() throws Exception {
        windows.putAll(scenario.statistics());
    }

    /** What the windows of days hold of the trigger. */
    private Map<String, Double> counted() {
        Map<String, Double> counted = new TreeMap<>();
        windows.forEach((key, window) -> {
            if (key.startsWith("day|") && key.endsWith("|trigger|reminder")) {
                String day = key.substring(4, 14);
                window.counts()
                        .counts()
                        .keySet()
                        .forEach(measure -> counted.put(
                                day + " " + measure,
                                window.counts().shown(measure).doubleValue()));
            }
        });
        return counted;
    }

    @Test
    void everythingCountsOnceOnItsDay() throws Exception {
        Random random = new Random(SEED);
        try (TopologyScenario running = new TopologyScenario(directory)) {
            scenario = running;
            scenario.define(DEFINITIONS);
            scenario.timeIs(START);
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                Instant at = START.plusSeconds(60L * customer);
                happens("c" + customer, "product_added", at, Map.of("product_id", "p1"));
                expect("2025-11-01", arm(customer) + "_SENT", 1);
                expect("2025-11-01", arm(customer) == Arm.CONTROL ? "DECIDED_HELD_OUT" : "DECIDED_SEND", 1);
                restartSometimes(random);
            }
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                effects(customer, random);
                restartSometimes(random);
            }
            // Goals that were not reached are decided three days after the sending.
            scenario.timeIs(START.plus(Duration.ofDays(4)));
            scenario.timeIs(START.plus(Duration.ofDays(4)).plusSeconds(20));
            scenario.timeIs(START.plus(Duration.ofDays(4)).plusSeconds(40));
            gather();
        }
        assertThat(counted()).as("seed %d", SEED).isEqualTo(expected);
        assertThat(expected.keySet())
                .contains(
                        "2025-11-01 TREATMENT_GOAL",
                        "2025-11-01 CONTROL_GOAL",
                        "2025-11-01 CONTROL_VALUE",
                        "2025-11-01 TREATMENT_COMPLAINED",
                        "2025-11-01 TREATMENT_UNSUBSCRIBED",
                        "2025-11-03 DECIDED_GOAL",
                        "2025-11-04 DECIDED_NO_GOAL");
    }

    /** Two days after the sending. */
    private void effects(int customer, Random random) throws Exception {
        Instant at = START.plus(Duration.ofDays(2)).plusSeconds(60L * customer);
        String day = "2025-11-01";
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                happens("c" + customer, "order_completed", at, Map.of("order_id", "o" + customer, "total", 20.25));
                // A second order changes nothing.
                happens("c" + customer, "order_completed", at.plusSeconds(1), Map.of("order_id", "p" + customer));
                expect(day, arm(customer) + "_GOAL", 1);
                expect(day, arm(customer) + "_VALUE", 20.25);
                expect("2025-11-03", "DECIDED_GOAL", 1);
                return;
            }
            case 2 -> {
                happens("c" + customer, "unsubscribed", at, Map.of("medium", "email"));
                expect(day, arm(customer) + "_UNSUBSCRIBED", 1);
            }
            default -> {
                happens("c" + customer, "email_marked_as_spam", at, Map.of());
                expect(day, arm(customer) + "_COMPLAINED", 1);
            }
        }
        expect("2025-11-04", "DECIDED_NO_GOAL", 1);
    }

    private static Arm arm(int customer) {
        return new Holdout(5_000).holdsOut("reminder", "c" + customer) ? Arm.CONTROL : Arm.TREATMENT;
    }

    private void restartSometimes(Random random) throws Exception {
        if (random.nextInt(5) == 0) {
            gather();
            scenario.restart();
        }
    }

    /** The hour is kept for eight days; the day for 400. */
    @Test
    void goalOfAnHourThatIsNotKeptCountsInItsDay() throws Exception {
        try (TopologyScenario running = new TopologyScenario(directory)) {
            scenario = running;
            scenario.define(DEFINITIONS.replace("holdout: 50\n", "").replace("within: 3d", "within: 20d"));
            scenario.timeIs(START);
            happens("ann", "product_added", START, Map.of("product_id", "p1"));
            Instant late = START.plus(Duration.ofDays(10));
            scenario.timeIs(late);
            scenario.timeIs(late.plusSeconds(20));
            happens("ann", "order_completed", late.plusSeconds(30), Map.of("order_id", "o1", "total", 7.5));
            scenario.timeIs(late.plusSeconds(60));
            gather();
        }
        WindowCounts day =
                windows.get("day|2025-11-01T00:00:00Z|trigger|reminder").counts();
        assertThat(day.get(OutcomeCounts.of(Arm.TREATMENT, TriggerOutcome.Measure.SENT)))
                .isEqualTo(1);
        assertThat(day.get(OutcomeCounts.of(Arm.TREATMENT, TriggerOutcome.Measure.GOAL)))
                .isEqualTo(1);
        assertThat(day.get(OutcomeCounts.value(Arm.TREATMENT))).isEqualTo(7_500_000);
        assertThat(day.get(OutcomeCounts.of(Kind.GOAL))).isZero();
        assertThat(windows).containsEntry("hour|2025-11-01T09:00:00Z|trigger|reminder", null);
    }
}
