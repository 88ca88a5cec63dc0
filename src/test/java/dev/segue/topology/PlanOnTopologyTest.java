// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped segments: the topology yields the same changes as the plan alone, however often it is restarted and
 * ticked.
 */
class PlanOnTopologyTest {
    private static final long SEED = 20251101;
    private static final int EVENTS = 120;

    @TempDir
    Path directory;

    private Vocabulary vocabulary;
    private Plan plan;

    @BeforeEach
    void compile() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        List<DefinitionText> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("segments"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(new DefinitionText(file.toString(), Files.readString(file)));
            }
        }
        plan = Plan.compile(new DefinitionReader(vocabulary).read(texts), vocabulary);
    }

    @Test
    void agreesWithoutInterruption() throws Exception {
        List<Event> story = story(SEED);
        assertThat(onTopology(story, false, false)).as("seed " + SEED).isEqualTo(onPlan(story));
    }

    @Test
    void agreesWithTickBetweenAnyTwoEvents() throws Exception {
        List<Event> story = story(SEED + 1);
        assertThat(onTopology(story, true, false)).as("seed " + (SEED + 1)).isEqualTo(onPlan(story));
    }

    @Test
    void agreesWithRestartAfterEachRecord() throws Exception {
        List<Event> story = story(SEED + 2);
        Map<String, List<String>> expected = onPlan(story);
        assertThat(expected.values().stream().mapToInt(List::size).sum()).isGreaterThan(20);
        assertThat(onTopology(story, true, true)).as("seed " + (SEED + 2)).isEqualTo(expected);
    }

    private static Instant end(List<Event> story) {
        return Instant.ofEpochMilli(story.get(story.size() - 1).time()).plusSeconds(40L * 86_400);
    }

    private Map<String, List<String>> onPlan(List<Event> story) {
        Map<String, CustomerState> customers = new HashMap<>();
        Map<String, List<String>> told = new TreeMap<>();
        for (Event event : story) {
            CustomerState state = customers.computeIfAbsent(event.customerId(), CustomerState::new);
            plan.apply(state, event, Long.MIN_VALUE, 0).changes().forEach(change -> add(told, change));
        }
        customers
                .values()
                .forEach(state -> plan.advance(state, end(story).toEpochMilli(), 0)
                        .changes()
                        .forEach(change -> add(told, change)));
        return told;
    }

    private Map<String, List<String>> onTopology(List<Event> story, boolean ticks, boolean restarts) throws Exception {
        Map<String, List<String>> told = new TreeMap<>();
        try (TopologyScenario scenario = new TopologyScenario(directory)) {
            scenario.define(plan);
            for (Event event : story) {
                if (ticks) {
                    scenario.timeIs(Instant.ofEpochMilli(event.time()));
                }
                scenario.event(event);
                scenario.readChanges().forEach(change -> add(told, change));
                if (restarts) {
                    scenario.restart();
                }
            }
            scenario.timeIs(end(story));
            scenario.readChanges().forEach(change -> add(told, change));
        }
        return told;
    }

    private static void add(Map<String, List<String>> told, Change change) {
        told.computeIfAbsent(change.customerId(), absent -> new ArrayList<>())
                .add(change.changeId() + " " + change.segment() + " " + change.kind() + " " + change.effectiveAt()
                        + " " + change.cause() + " " + change.evidence() + " " + change.carry() + " "
                        + change.enteredAt());
    }

    /** Five customers who view, add, check out and buy, with gaps from seconds to days, in order of time. */
    private List<Event> story(long seed) throws Exception {
        Random random = new Random(seed);
        EventBuilder builder = new EventBuilder(vocabulary);
        List<Event> story = new ArrayList<>();
        long time = Instant.parse("2025-06-01T08:00:00Z").toEpochMilli();
        for (int number = 0; number < EVENTS; number++) {
            time += random.nextInt(10) == 0 ? random.nextInt(5 * 86_400_000) : random.nextInt(3_000_000);
            Map<String, Object> values = new HashMap<>(Map.of(
                    "customer_id", "c" + random.nextInt(5),
                    "event_id", "e" + number,
                    "occurred_at", Instant.ofEpochMilli(time).toString()));
            String product = "p" + random.nextInt(4);
            switch (random.nextInt(6)) {
                case 0 -> values.putAll(Map.of("type", "order_completed", "order_id", "o" + number, "total", "12.50"));
                case 1 -> values.putAll(Map.of("type", "checkout_started"));
                case 2, 3 ->
                    values.putAll(
                            Map.of("type", "product_added", "product_id", product, "price", "9.99", "quantity", 2));
                default -> values.putAll(Map.of("type", "product_viewed", "product_id", product));
            }
            story.add(builder.build(values));
        }
        return story;
    }
}
