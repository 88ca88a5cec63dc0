// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.avro.CustomerSession;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.StraightStatistics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories: windows of pages, forms, products and categories, and sessions, equal a straight computation.
 * {@code -Dsegue.cases=N} and {@code -Dsegue.seed=S} for other ones.
 */
class EventStatisticsOnTopologyTest {
    private static final int CASES = Math.max(5, Integer.getInteger("segue.cases", 2_000) / 500);
    private static final long SEED = Long.getLong("segue.seed", 20261130);
    private static final Instant START = Instant.parse("2025-11-01T07:20:00Z");
    private static final int STEPS = 200;
    private static final List<String> TYPES = List.of(
            "page_viewed",
            "page_viewed",
            "page_viewed",
            "form_started",
            "form_submitted",
            "product_viewed",
            "product_added",
            "order_completed",
            "order_refunded");

    private static final List<Double> QUANTITIES = List.of(1.0, 2.0, 0.25, 1.333333, 1e-6, 0.0, -2.0);

    @TempDir
    Path directory;

    private Vocabulary vocabulary;

    @BeforeEach
    void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    @Test
    void windowsAndSessionsEqualTheStraightComputation() throws Exception {
        for (int number = 0; number < CASES; number++) {
            compare(new Story(SEED + number, false), SEED + number);
        }
    }

    @Test
    void lateEventsCountInTheirOwnWindow() throws Exception {
        for (int number = 0; number < CASES; number++) {
            compare(new Story(SEED + number, true), SEED + number);
        }
    }

    private static void compare(Story story, long seed) {
        assertThat(StraightStatistics.counts(story.windows.values()))
                .as("seed %d", seed)
                .isEqualTo(story.straight.counts())
                .hasSizeGreaterThan(100);
        assertThat(StraightStatistics.texts(story.sessions)).as("seed %d", seed).isEqualTo(story.straight.sessions());
    }

    /** What happens in one case. */
    private final class Story {
        private final Random random;
        private final StraightStatistics straight = new StraightStatistics();
        private final Map<String, Statistic> windows = new TreeMap<>();
        private final List<CustomerSession> sessions = new ArrayList<>();
        private Instant now = START;
        private Instant tick = START;

        private Story(long seed, boolean late) throws Exception {
            random = new Random(seed);
            try (TopologyScenario scenario = new TopologyScenario(directory.resolve("case" + seed + late))) {
                scenario.timeIs(now);
                for (int step = 0; step < STEPS; step++) {
                    now = now.plusMillis(
                            1 + (random.nextInt(8) == 0 ? random.nextInt(7_200_000) : random.nextInt(600_000)));
                    switch (random.nextInt(8)) {
                        case 0 -> tick(scenario);
                        case 1 -> {
                            gather(scenario);
                            scenario.restart();
                        }
                        default -> event(scenario, step, late);
                    }
                }
                // What ends with one tick is sent with the next one.
                for (int ticks = 0; ticks < 3; ticks++) {
                    tick(scenario);
                    now = now.plusSeconds(20);
                }
                gather(scenario);
            }
        }

        private void tick(TopologyScenario scenario) throws Exception {
            scenario.timeIs(now);
            tick = now;
            straight.timeIs(now);
        }

        private void gather(TopologyScenario scenario) throws Exception {
            windows.putAll(scenario.statistics());
            windows.values().removeIf(window -> window.subject().kind() == StatisticKind.SEGMENT);
            sessions.addAll(scenario.sessions());
        }

        private void event(TopologyScenario scenario, int step, boolean late) throws Exception {
            Instant at = late && random.nextInt(3) == 0 ? now.minusMillis(random.nextInt(30 * 3_600_000)) : now;
            String type = TYPES.get(random.nextInt(TYPES.size()));
            String name = "n" + random.nextInt(2);
            Map<String, Object> values = new HashMap<>(Map.of(
                    "customer_id",
                    "c" + random.nextInt(3),
                    "event_id",
                    "e" + step,
                    "occurred_at",
                    at.toString(),
                    "type",
                    type));
            switch (type) {
                case "page_viewed" -> values.put("path", name);
                case "form_started", "form_submitted" -> values.put("form", name);
                case "product_viewed" -> values.putAll(product(name));
                case "product_added" -> values.putAll(line(name));
                default -> values.put("products", List.of(line(name), line("n" + random.nextInt(3))));
            }
            Event event = new EventBuilder(vocabulary).build(values);
            for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
                scenario.event(event, now);
                straight.event(event, tick);
            }
        }

        private Map<String, Object> product(String name) {
            return Map.of("product_id", name, "category", "of " + name);
        }

        private Map<String, Object> line(String name) {
            Map<String, Object> line = new HashMap<>(product(name));
            if (random.nextInt(4) != 0) {
                line.put("quantity", QUANTITIES.get(random.nextInt(QUANTITIES.size())));
            }
            return line;
        }
    }
}
