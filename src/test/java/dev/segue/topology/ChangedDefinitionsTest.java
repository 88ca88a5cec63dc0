// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionText;
import dev.segue.event.Change;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions change while customers live on. */
class ChangedDefinitionsTest {
    private static final String QUIET = TopologyScenario.QUIET;
    private static final String LOYAL = "segment: loyal\nwhen: purchase.count() >= %d";
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");

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

    private void order(String customer, Instant at) throws Exception {
        events.order(scenario, customer, at, "10.00");
    }

    private List<String> changes(String segment) throws Exception {
        List<String> changes = new ArrayList<>();
        for (Change change : scenario.readChanges()) {
            if (change.segment().equals(segment)) {
                changes.add(change.kind() + " " + change.effectiveAt() + " "
                        + change.cause().kind());
            }
        }
        return changes;
    }

    @Test
    void runningTaskTakesNewSetWithoutRestart() throws Exception {
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(3)));
        order("ann", TEN);
        order("ann", TEN.plusSeconds(1));
        scenario.timeIs(TEN.plusSeconds(10));
        assertThat(changes("loyal")).isEmpty();
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(2)));
        scenario.timeIs(TEN.plusSeconds(20));
        scenario.pause();
        assertThat(changes("loyal")).containsExactly("ENTERED 2025-11-01T10:00:20Z DEFINITION");
    }

    @Test
    void deadlinesOfOthersDuringDowntimeKeepTheirInstantAndCause() throws Exception {
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(3)));
        order("ann", TEN);
        scenario.timeIs(TEN.plusSeconds(1));
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(4)));
        scenario.restart();
        scenario.timeIs(TEN.plusSeconds(7200));
        scenario.pause();
        assertThat(changes("quiet")).containsExactly("ENTERED 2025-11-01T11:00:00Z DEADLINE");
    }

    @Test
    void deadlineAtTheInstantOfTheChangeIsNotMissed() throws Exception {
        for (long before : new long[] {-1, 0, 1}) {
            close();
            scenario = new TopologyScenario(directory.resolve("at" + before));
            scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(3)));
            order("ann", TEN);
            scenario.timeIs(TEN.plusSeconds(1));
            scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(4)));
            scenario.timeIs(TEN.plusSeconds(3600).minusMillis(before));
            scenario.pause();
            scenario.timeIs(TEN.plusSeconds(3600).plusMillis(5));
            assertThat(changes("quiet")).as("%d ms", before).containsExactly("ENTERED 2025-11-01T11:00:00Z DEADLINE");
        }
    }

    @Test
    void whatARemovedDefinitionKeptIsCountedForADay() throws Exception {
        Instant removed = TEN.plusSeconds(60);
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(2)));
        order("ann", TEN);
        scenario.timeIs(removed);
        scenario.define(QUIET);
        scenario.timeIs(removed.plusMillis(1));
        order("ann", removed.plusSeconds(1));
        scenario.timeIs(removed.plusSeconds(86_398));
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(2)));
        scenario.timeIs(removed.plusSeconds(86_399));
        scenario.pause();
        assertThat(changes("loyal")).containsExactly("ENTERED 2025-11-02T10:00:59Z DEFINITION");
    }

    @Test
    void afterADayItIsDropped() throws Exception {
        Instant removed = TEN.plusSeconds(60);
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(1)));
        order("ann", TEN);
        scenario.timeIs(removed);
        assertThat(changes("loyal")).containsExactly("ENTERED 2025-11-01T10:00:00Z EVENT");
        scenario.define(QUIET);
        scenario.timeIs(removed.plusMillis(1));
        assertThat(changes("loyal")).containsExactly("EXITED 2025-11-01T10:01:00.001Z DEFINITION");
        scenario.timeIs(removed.plusSeconds(86_400));
        scenario.pause();
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(1)));
        scenario.timeIs(removed.plusSeconds(86_401));
        scenario.pause();
        assertThat(changes("loyal")).isEmpty();
    }

    @Test
    void restartedTaskIgnoresWhatItsInstanceKnows() throws Exception {
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(1)));
        order("ann", TEN);
        scenario.timeIs(TEN.plusSeconds(1));
        assertThat(scenario.changes()).containsExactly("ann ENTERED 2025-11-01T10:00:00Z EVENT");
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(1).replace("loyal", "devoted")));
        scenario.restart();
        // Before the conductor has told the change, the task evaluates what it has stored.
        order("bob", TEN.plusSeconds(2));
        assertThat(changes("loyal")).containsExactly("ENTERED 2025-11-01T10:00:02Z EVENT");
    }

    @Test
    void repeatedAndOlderActivationsChangeNothing() throws Exception {
        scenario.define(ScenarioEvents.set(QUIET, LOYAL.formatted(1)));
        order("ann", TEN);
        scenario.timeIs(TEN.plusSeconds(1));
        List<byte[]> first = activations();
        scenario.define(QUIET);
        scenario.timeIs(TEN.plusSeconds(2));
        scenario.readChanges();
        for (byte[] part : first) {
            scenario.rawControl(part, TEN.plusSeconds(3));
        }
        scenario.timeIs(TEN.plusSeconds(4));
        scenario.pause();
        assertThat(scenario.changes()).isEmpty();
        assertThat(scenario.deadLetters()).isEmpty();
    }

    private List<byte[]> activations() throws Exception {
        ControlCodec codec = new ControlCodec(registry(), TopologyScenario.TOPICS.control());
        List<byte[]> parts = new ArrayList<>();
        for (var record : scenario.output(TopologyScenario.TOPICS.control())) {
            if (codec.decode(record.value()) instanceof Control.Activation) {
                parts.add(record.value());
            }
        }
        assertThat(parts).isNotEmpty();
        return parts;
    }

    private DirectorySchemaRegistry registry() throws Exception {
        return new DirectorySchemaRegistry(directory.resolve("registry"));
    }

    @Test
    void aSetOfSeveralMegabytesArrivesInParts() throws Exception {
        StringBuilder many = new StringBuilder(QUIET);
        String filler = "x".repeat(6_000);
        for (int number = 0; number < 200; number++) {
            many.append("\n---\n# ")
                    .append("\nsegment: s")
                    .append(number)
                    .append("\ndescribes: ")
                    .append(filler)
                    .append("\nwhen: purchase.count() >= ")
                    .append(number + 1);
        }
        ScenarioPlans plans = new ScenarioPlans(
                EventSchemas.read(Path.of("schemas", "events")).vocabulary());
        List<DefinitionText> texts = new ArrayList<>();
        for (String document : many.toString().split("\n---\n", -1)) {
            texts.add(new DefinitionText("s.yaml", document));
        }
        plans.publish(texts, TEN, true);
        LiveSetsCodec codec = new LiveSetsCodec(new DefinitionRecordCodec(registry(), "segue-definitions"));
        var sets = plans.published().at(TEN).orElseThrow();
        List<Control.Activation> parts = codec.divide(sets);
        assertThat(parts).hasSizeBetween(3, 4);
        assertThat(parts)
                .allSatisfy(part -> assertThat(new ControlCodec(registry(), "segue-control").encode(part))
                        .hasSizeLessThan(520_000));
        assertThat(codec.join(parts)).isEqualTo(sets);
    }

    /** Histories with edits of other definitions, and time that passes unseen: equal to histories without them. */
    @Test
    void anEditMovesNoChangeOfAnotherDefinition() throws Exception {
        for (long seed = 1; seed <= 12; seed++) {
            Map<String, List<String>> edited = told(seed, true);
            Map<String, List<String>> unedited = told(seed, false);
            assertThat(edited.keySet()).as("seed " + seed).isEqualTo(unedited.keySet());
            for (String what : unedited.keySet()) {
                assertThat(edited.get(what)).as("seed %d, %s", seed, what).isEqualTo(unedited.get(what));
            }
        }
    }

    private Map<String, List<String>> told(long seed, boolean edits) throws Exception {
        Random random = new Random(seed);
        Random edit = new Random(seed);
        String[] fixed = {
            QUIET,
            "segment: busy\nwhen: activity.within('2h').count() >= 3",
            "segment: lapsed\nwhen: purchase.count() > 0 && purchase.within('3h').count() == 0",
            "trait: orders\nvalue: purchase.within('5h').count()"
        };
        Map<String, List<String>> told = new HashMap<>();
        close();
        events = new ScenarioEvents();
        scenario = new TopologyScenario(directory.resolve("edits" + seed + edits));
        scenario.define(ScenarioEvents.set(QUIET, fixed[1], fixed[2], fixed[3], LOYAL.formatted(2)));
        Instant now = TEN;
        for (int number = 0; number < 60; number++) {
            now = now.plusMillis(random.nextInt(4) == 0 ? random.nextInt(9_000_000) : random.nextInt(900_000));
            if (random.nextInt(3) == 0) {
                scenario.timeIs(now);
            }
            String customer = "c" + random.nextInt(3);
            if (random.nextInt(2) == 0) {
                events.order(scenario, customer, now, "12.50");
            } else {
                events.send(scenario, customer, now, "product_viewed", "product_id", "p1");
            }
            if (edits && edit.nextInt(8) == 0) {
                scenario.define(
                        ScenarioEvents.set(QUIET, fixed[1], fixed[2], fixed[3], LOYAL.formatted(1 + edit.nextInt(3))));
                gather(told); // A restart loses output that was not read.
                if (edit.nextBoolean()) {
                    scenario.restart();
                }
            }
            gather(told);
        }
        scenario.timeIs(now.plusSeconds(86_400));
        scenario.pause();
        gather(told);
        return told;
    }

    private void gather(Map<String, List<String>> told) throws Exception {
        for (Change change : scenario.readChanges()) {
            if (!change.segment().equals("loyal")) {
                told.computeIfAbsent(change.customerId() + " " + change.segment(), absent -> new ArrayList<>())
                        .add(change.kind() + " " + change.effectiveAt() + " " + change.cause() + " " + change.value()
                                + " " + change.evidence() + " " + change.enteredAt());
            }
        }
    }
}
