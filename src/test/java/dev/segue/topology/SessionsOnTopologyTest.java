// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.avro.CustomerSession;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.statistics.StraightStatistics;
import java.nio.file.Path;
import java.time.Duration;
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
 * Sessions of random histories equal those that a straight reading of their definition gives. {@code -Dsegue.cases=N} and
 * {@code -Dsegue.seed=S} for other ones.
 */
class SessionsOnTopologyTest {
    private static final int CASES = Math.max(5, Integer.getInteger("segue.cases", 2_000) / 500);
    private static final long SEED = Long.getLong("segue.seed", 20261130);
    private static final Duration SILENCE = Duration.ofMinutes(30);
    private static final Instant START = Instant.parse("2025-11-01T07:20:00Z");
    private static final int STEPS = 150;

    @TempDir
    Path directory;

    private Vocabulary vocabulary;

    @BeforeEach
    void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    /** Without late events, a session is a run of events without a gap. */
    @Test
    void sessionsAreRunsWithoutGap() throws Exception {
        for (int number = 0; number < CASES; number++) {
            Story story = new Story(SEED + number, false);
            Map<String, List<String>> runs = new TreeMap<>();
            story.arrivals.forEach((customer, arrivals) -> {
                List<Arrival> run = new ArrayList<>();
                for (Arrival arrival :
                        arrivals.stream().filter(Arrival::isActivity).toList()) {
                    if (!run.isEmpty()
                            && !arrival.at.isBefore(run.get(run.size() - 1).at.plus(SILENCE))) {
                        add(runs, customer, run);
                        run = new ArrayList<>();
                    }
                    run.add(arrival);
                }
                if (!run.isEmpty() && !run.get(run.size() - 1).at.plus(SILENCE).isAfter(story.now)) {
                    add(runs, customer, run);
                }
            });
            runs.values().forEach(ended -> ended.sort(null));
            assertThat(story.told()).as("seed %d", SEED + number).isEqualTo(runs);
            assertThat(runs.values().stream().mapToInt(List::size).sum()).isGreaterThan(10);
        }
    }

    /** With late events, what arrives after the end is not in the session, and what is far before the open one is in none. */
    @Test
    void lateEventsJoinTheOpenSession() throws Exception {
        for (int number = 0; number < CASES; number++) {
            Story story = new Story(SEED + number, true);
            assertThat(story.told()).as("seed %d", SEED + number).isEqualTo(story.straight.sessions());
        }
    }

    /** As {@link StraightStatistics#sessions()} has them. */
    private static void add(Map<String, List<String>> sessions, String customer, List<Arrival> events) {
        List<String> pages =
                events.stream().filter(Arrival::isView).map(Arrival::page).toList();
        Instant last = events.get(events.size() - 1).at;
        sessions.computeIfAbsent(customer, absent -> new ArrayList<>())
                .add(String.join(
                        " ",
                        events.get(0).at.toString(),
                        last.toString(),
                        last.plus(SILENCE).toString(),
                        String.valueOf(events.size()),
                        String.valueOf(pages.size()),
                        pages.isEmpty() ? "null" : pages.get(0),
                        pages.isEmpty() ? "null" : pages.get(pages.size() - 1),
                        String.valueOf(events.size() == 1 && pages.size() == 1),
                        String.valueOf(events.stream()
                                .filter(event -> event.type.equals("order_completed"))
                                .count())));
    }

    /** An event as it came. */
    private record Arrival(String type, String page, Instant at) {
        /** A refund is done to the customer. */
        boolean isActivity() {
            return !type.equals("order_refunded");
        }

        boolean isView() {
            return type.equals("page_viewed");
        }
    }

    @Test
    void sessionGoesOnUnderTheOtherIdOfThePerson() throws Exception {
        try (TopologyScenario scenario = new TopologyScenario(directory)) {
            scenario.timeIs("2025-11-01T10:00:00Z");
            send(scenario, "d1", "page_viewed", "2025-11-01T10:00:00Z", Map.of("path", "/ad"));
            send(scenario, "ann", "customer_identified", "2025-11-01T10:05:00Z", Map.of("anonymous_id", "d1"));
            scenario.timeIs("2025-11-01T10:35:00Z");
            assertThat(scenario.sessions()).singleElement().satisfies(session -> {
                assertThat(session.getCustomerId()).isEqualTo("ann");
                assertThat(session.getStartedAt()).isEqualTo("2025-11-01T10:00:00Z");
                assertThat(session.getLandingPage()).isEqualTo("/ad");
            });
        }
    }

    @Test
    void erasedCustomerHasNoSession() throws Exception {
        try (TopologyScenario scenario = new TopologyScenario(directory)) {
            scenario.timeIs("2025-11-01T10:00:00Z");
            send(scenario, "ann", "page_viewed", "2025-11-01T10:00:00Z", Map.of());
            send(scenario, "ann", "customer_erased", "2025-11-01T10:05:00Z", Map.of());
            scenario.timeIs("2025-11-01T11:00:00Z");
            assertThat(scenario.sessions()).isEmpty();
        }
    }

    private void send(TopologyScenario scenario, String customer, String type, String at, Map<String, Object> further)
            throws Exception {
        Map<String, Object> values = new HashMap<>(further);
        values.putAll(Map.of("customer_id", customer, "event_id", type + at, "occurred_at", at, "type", type));
        scenario.event(new EventBuilder(vocabulary).build(values));
    }

    /** What happens in one case, and the sessions that are told. */
    private final class Story {
        private final Random random;
        private final Map<String, List<Arrival>> arrivals = new TreeMap<>();
        private final StraightStatistics straight = new StraightStatistics();
        private final List<CustomerSession> published = new ArrayList<>();
        private Instant now = START;
        private Instant tick = START;

        private Story(long seed, boolean late) throws Exception {
            random = new Random(seed);
            try (TopologyScenario scenario = new TopologyScenario(directory.resolve("case" + seed + late))) {
                scenario.timeIs(now);
                for (int step = 0; step < STEPS; step++) {
                    now = now.plusMillis(random.nextInt(8) == 0 ? random.nextInt(7_200_000) : random.nextInt(900_000));
                    switch (random.nextInt(8)) {
                        case 0, 1 -> tick(scenario);
                        case 2 -> {
                            gather(scenario);
                            scenario.restart();
                        }
                        default -> event(scenario, step, late);
                    }
                }
                tick(scenario);
                gather(scenario);
            }
        }

        private void tick(TopologyScenario scenario) throws Exception {
            scenario.timeIs(now);
            tick = now;
            straight.timeIs(now);
        }

        private void gather(TopologyScenario scenario) throws Exception {
            published.addAll(scenario.sessions());
        }

        private Map<String, List<String>> told() {
            return StraightStatistics.texts(published);
        }

        private void event(TopologyScenario scenario, int step, boolean late) throws Exception {
            Instant at = late && random.nextInt(3) == 0 ? now.minusMillis(random.nextInt(3 * 3_600_000)) : now;
            String customer = "c" + random.nextInt(3);
            String page = "/p" + random.nextInt(4);
            Map<String, Object> values = new HashMap<>(Map.of(
                    "customer_id", customer, "event_id", "e" + step, "occurred_at", at.toString(), "path", page));
            String type = switch (random.nextInt(8)) {
                case 0 -> "order_completed";
                case 1 -> "product_viewed";
                case 2 -> "order_refunded";
                default -> "page_viewed";
            };
            values.put("type", type);
            if (!type.equals("page_viewed")) {
                values.remove("path");
            }
            Event event = new EventBuilder(vocabulary).build(values);
            scenario.event(event, now);
            straight.event(event, tick);
            arrivals.computeIfAbsent(customer, absent -> new ArrayList<>()).add(new Arrival(type, page, at));
        }
    }
}
