// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories: pages, forms, products and categories have in each window what a count of the events one by one gives.
 * {@code -Dsegue.cases=N} and {@code -Dsegue.seed=S} for other ones.
 */
class EventStatisticsOnTopologyTest {
    private static final int CASES = Math.max(5, Integer.getInteger("segue.cases", 2_000) / 500);
    private static final long SEED = Long.getLong("segue.seed", 20261130);
    private static final Duration SILENCE = Duration.ofMinutes(30);
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

    /** What depends on sessions. */
    private static final Set<String> OF_SESSIONS =
            Set.of("VISITORS", "EXITS", "LANDINGS", "BOUNCES", "LANDING_ORDERS", "ABANDONED");

    @TempDir
    Path directory;

    private Vocabulary vocabulary;

    @BeforeEach
    void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    @Test
    void windowsEqualWhatIsCountedOneByOne() throws Exception {
        for (int number = 0; number < CASES; number++) {
            Story story = new Story(SEED + number, false);
            Map<String, Long> expected = new TreeMap<>();
            story.events.forEach(event -> count(event, expected));
            story.events.stream().map(Happened::customer).distinct().forEach(customer -> {
                List<Happened> run = new ArrayList<>();
                for (Happened event : story.events) {
                    if (!event.customer.equals(customer) || event.type.equals("order_refunded")) {
                        continue;
                    }
                    if (!run.isEmpty()
                            && !event.at.isBefore(run.get(run.size() - 1).at.plus(SILENCE))) {
                        count(run, true, expected);
                        run.clear();
                    }
                    run.add(event);
                }
                boolean hasEnded = !run.isEmpty()
                        && !run.get(run.size() - 1).at.plus(SILENCE).isAfter(story.now);
                count(run, hasEnded, expected);
            });
            assertThat(story.counted(true)).as("seed %d", SEED + number).isEqualTo(expected);
            assertThat(expected).hasSizeGreaterThan(100);
        }
    }

    @Test
    void lateEventsCountInTheirOwnWindow() throws Exception {
        for (int number = 0; number < CASES; number++) {
            Story story = new Story(SEED + number, true);
            Map<String, Long> expected = new TreeMap<>();
            story.events.forEach(event -> count(event, expected));
            assertThat(story.counted(false)).as("seed %d", SEED + number).isEqualTo(expected);
        }
    }

    private static void count(Happened event, Map<String, Long> counts) {
        switch (event.type) {
            case "page_viewed" -> add(counts, "page", event.name, event.at, "VIEWS", 1);
            case "form_started" -> add(counts, "form", event.name, event.at, "STARTED", 1);
            case "form_submitted" -> add(counts, "form", event.name, event.at, "SUBMITTED", 1);
            default -> {
                String measure = Map.of(
                                "product_viewed", "VIEWED",
                                "product_added", "ADDED",
                                "order_completed", "ORDERED",
                                "order_refunded", "RETURNED")
                        .get(event.type);
                add(counts, "product", event.name, event.at, measure, 1);
                add(counts, "category", "of " + event.name, event.at, measure, 1);
            }
        }
    }

    /** One session without late events, in order. */
    private static void count(List<Happened> session, boolean hasEnded, Map<String, Long> counts) {
        List<Happened> views = session.stream()
                .filter(event -> event.type.equals("page_viewed"))
                .toList();
        Set<String> seen = new HashSet<>();
        views.stream()
                .filter(view -> seen.add(view.name))
                .forEach(view -> add(counts, "page", view.name, view.at, "VISITORS", 1));
        if (!hasEnded) {
            return;
        }
        if (!views.isEmpty()) {
            Happened landing = views.get(0);
            Happened exit = views.get(views.size() - 1);
            add(counts, "page", landing.name, landing.at, "LANDINGS", 1);
            add(counts, "page", landing.name, landing.at, "BOUNCES", session.size() == 1 ? 1 : 0);
            long orders = session.stream()
                    .filter(event -> event.type.equals("order_completed"))
                    .count();
            add(counts, "page", landing.name, landing.at, "LANDING_ORDERS", orders);
            add(counts, "page", exit.name, exit.at, "EXITS", 1);
        }
        for (String form : List.of("n0", "n1")) {
            Happened open = null;
            for (Happened event : session) {
                if (event.type.startsWith("form_") && event.name.equals(form)) {
                    open = event.type.equals("form_started") ? event : null;
                }
            }
            if (open != null) {
                add(counts, "form", form, open.at, "ABANDONED", 1);
            }
        }
    }

    private static void add(Map<String, Long> counts, String kind, String name, Instant at, String measure, long more) {
        if (more > 0) {
            counts.merge(
                    "hour|" + at.truncatedTo(ChronoUnit.HOURS) + "|" + kind + "|" + name + " " + measure,
                    more,
                    Long::sum);
            counts.merge(
                    "day|" + at.truncatedTo(ChronoUnit.DAYS) + "|" + kind + "|" + name + " " + measure,
                    more,
                    Long::sum);
        }
    }

    private record Happened(String customer, String type, String name, Instant at) {}

    /** What happens in one case. */
    private final class Story {
        private final Random random;
        private final List<Happened> events = new ArrayList<>();
        private final Map<String, Statistic> windows = new TreeMap<>();
        private Instant now = START;

        private Story(long seed, boolean late) throws Exception {
            random = new Random(seed);
            try (TopologyScenario scenario = new TopologyScenario(directory.resolve("case" + seed + late))) {
                scenario.timeIs(now);
                for (int step = 0; step < STEPS; step++) {
                    now = now.plusMillis(
                            1 + (random.nextInt(8) == 0 ? random.nextInt(7_200_000) : random.nextInt(600_000)));
                    switch (random.nextInt(8)) {
                        case 0 -> scenario.timeIs(now);
                        case 1 -> {
                            windows.putAll(scenario.statistics());
                            scenario.restart();
                        }
                        default -> event(scenario, step, late);
                    }
                }
                scenario.timeIs(now);
                scenario.timeIs(now.plusSeconds(20));
                now = now.plusSeconds(20);
                // What ended with the last tick is sent with the next one.
                scenario.timeIs(now.plusSeconds(20));
                windows.putAll(scenario.statistics());
            }
        }

        private void event(TopologyScenario scenario, int step, boolean late) throws Exception {
            Instant at = late && random.nextInt(3) == 0 ? now.minusMillis(random.nextInt(30 * 3_600_000)) : now;
            String customer = "c" + random.nextInt(3);
            String type = TYPES.get(random.nextInt(TYPES.size()));
            String name = "n" + random.nextInt(2);
            Map<String, Object> values = new HashMap<>(Map.of(
                    "customer_id", customer, "event_id", "e" + step, "occurred_at", at.toString(), "type", type));
            Map<String, Object> product = Map.of("product_id", name, "category", "of " + name);
            switch (type) {
                case "page_viewed" -> values.put("path", name);
                case "form_started", "form_submitted" -> values.put("form", name);
                case "product_viewed", "product_added" -> values.putAll(product);
                default -> values.put("products", List.of(product));
            }
            scenario.event(new EventBuilder(vocabulary).build(values), now);
            if (random.nextInt(20) == 0) {
                // A duplicate.
                scenario.event(new EventBuilder(vocabulary).build(values), now);
            }
            events.add(new Happened(customer, type, name, at));
        }

        private Map<String, Long> counted(boolean sessions) {
            Map<String, Long> counts = new TreeMap<>();
            windows.forEach((key, window) -> {
                if (window.subject().kind() != StatisticKind.SEGMENT) {
                    window.counts().counts().forEach((measure, count) -> {
                        if (sessions || !OF_SESSIONS.contains(measure.name())) {
                            counts.put(key + " " + measure.name(), count);
                        }
                    });
                }
            });
            return counts;
        }
    }
}
