// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DrainBudget;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.PopulationReport;
import dev.segue.serde.output.PopulationReportCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers are compared with all others while everything runs: tasks count, the conductor cuts, tasks visit. */
class PopulationsOnTopologyTest {
    private static final String QUIET = TopologyScenario.QUIET;
    private static final String TOP = """
            segment: top
            when: order_completed.map(o, o.total).sum().percentile() >= 50.0
            population: {minimum: 3}
            """;
    /** The first byte of the keys of cuts. */
    private static final byte CUTS = (byte) 0xf6;

    private static final String LOYAL = "segment: loyal\nwhen: purchase.count() >= 100";
    private static final int HALF = 500;
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;
    private DirectorySchemaRegistry registry;
    private Instant now = TEN;

    @BeforeEach
    void open() throws Exception {
        events = new ScenarioEvents();
        registry = new DirectorySchemaRegistry(directory.resolve("registry"));
        scenario = new TopologyScenario(directory, registry);
        scenario.define(ScenarioEvents.set(QUIET, TOP));
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void order(String customer, int seconds, String total) throws Exception {
        events.order(scenario, customer, TEN.plusSeconds(seconds), total);
    }

    /** A tick a second: the first sends the counts, the next one writes the cuts, and their customers are visited. */
    private void ticks(int untilSeconds) throws Exception {
        while (now.isBefore(TEN.plusSeconds(untilSeconds))) {
            now = now.plusSeconds(1);
            scenario.timeIs(now);
            scenario.pause();
        }
    }

    private void threeCustomers() throws Exception {
        order("ann", 0, "10.00");
        order("bob", 0, "20.00");
        order("cat", 0, "30.00");
    }

    private List<String> changes(String segment) throws Exception {
        List<String> changes = new ArrayList<>();
        for (Change change : scenario.readChanges()) {
            if (change.segment().equals(segment)) {
                changes.add(change.customerId() + " " + change.kind() + " "
                        + Duration.between(TEN, change.effectiveAt()).toMillis() + " "
                        + change.cause().kind());
            }
        }
        return changes;
    }

    private List<PopulationReport> reports() throws Exception {
        PopulationReportCodec codec = new PopulationReportCodec(registry, TopologyScenario.TOPICS.population());
        List<PopulationReport> reports = new ArrayList<>();
        for (var record : scenario.output(TopologyScenario.TOPICS.population())) {
            reports.add(codec.decode(record.value()));
        }
        return reports;
    }

    private List<Cuts> written() throws Exception {
        List<Cuts> written = new ArrayList<>();
        for (Control message : control()) {
            if (message instanceof Control.Moved moved) {
                written.add(moved.table());
            }
        }
        return written;
    }

    private List<Control> control() throws Exception {
        ControlCodec codec = new ControlCodec(registry, TopologyScenario.TOPICS.control());
        List<Control> messages = new ArrayList<>();
        for (var record : scenario.output(TopologyScenario.TOPICS.control())) {
            messages.add(codec.decode(record.value()));
        }
        return messages;
    }

    private static long customers(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void entersOnceTheOthersAreKnown() throws Exception {
        threeCustomers();
        ticks(5);
        assertThat(changes("top")).containsExactly("cat ENTERED 2000 POPULATION");
        assertThat(written()).singleElement().satisfies(cuts -> {
            assertThat(cuts.customers()).isEqualTo(3);
            assertThat(cuts.at()).isEqualTo(TEN.plusSeconds(2).toEpochMilli());
        });
        assertThat(scenario.counter("segue.population.cuts")).isEqualTo(1);
    }

    @Test
    void evidenceNamesPercentileAndPopulation() throws Exception {
        threeCustomers();
        ticks(5);
        Change change = scenario.readChanges().get(0);
        assertThat(change.evidence())
                .anySatisfy(evidence ->
                        assertThat(evidence.toString()).contains("percentile=66.6", "customers=3", "from_50.0="));
    }

    @Test
    void staysOutWhileThereAreTooFew() throws Exception {
        order("ann", 0, "10.00");
        order("bob", 0, "20.00");
        ticks(5);
        assertThat(changes("top")).isEmpty();
        assertThat(written())
                .singleElement()
                .satisfies(cuts -> assertThat(cuts.lowest()).isNull());
    }

    @Test
    void leavesWhenOthersOvertake() throws Exception {
        threeCustomers();
        ticks(5);
        assertThat(changes("top")).containsExactly("cat ENTERED 2000 POPULATION");
        // Dan and eve push the cut above cat; they know their own place at once.
        order("dan", 5, "40.00");
        order("eve", 5, "50.00");
        order("fay", 5, "60.00");
        assertThat(changes("top"))
                .containsExactly("dan ENTERED 5000 EVENT", "eve ENTERED 5000 EVENT", "fay ENTERED 5000 EVENT");
        ticks(8);
        assertThat(changes("top")).containsExactly("cat EXITED 7000 POPULATION");
    }

    @Test
    void leavesWhenAnotherComesToZeroAndThereAreTooFew() throws Exception {
        threeCustomers();
        ticks(5);
        changes("top");
        events.send(scenario, "ann", TEN.plusSeconds(5), "customer_erased");
        ticks(9);
        assertThat(changes("top")).containsExactly("cat EXITED 7000 POPULATION");
        List<PopulationReport> reports = reports();
        assertThat(reports.get(reports.size() - 1).counts().values()).containsExactly(0L);
    }

    @Test
    void mergedCustomersAreCountedOnce() throws Exception {
        threeCustomers();
        ticks(5);
        changes("top");
        reports();
        events.send(scenario, "cat", TEN.plusSeconds(5), "customer_identified", "anonymous_id", "bob");
        ticks(9);
        assertThat(written().stream().map(Cuts::customers)).endsWith(2L);
        assertThat(changes("top")).contains("cat EXITED 7000 POPULATION");
    }

    @Test
    void restartedTaskCountsNobodyTwiceAndKeepsTheCuts() throws Exception {
        threeCustomers();
        ticks(5);
        assertThat(changes("top")).hasSize(1);
        List<PopulationReport> before = reports();
        written();
        scenario.restart();
        ticks(8);
        List<PopulationReport> after = reports();
        assertThat(after).singleElement().satisfies(report -> {
            assertThat(report.whole()).isTrue();
            assertThat(report.complete()).isTrue();
            assertThat(customers(report.counts())).isEqualTo(3);
            assertThat(report.epoch()).isGreaterThan(before.get(0).epoch());
        });
        assertThat(written())
                .singleElement()
                .satisfies(cuts -> assertThat(cuts.customers()).isEqualTo(3));
        assertThat(changes("top")).isEmpty();
        order("dan", 8, "40.00");
        assertThat(changes("top")).containsExactly("dan ENTERED 8000 EVENT");
    }

    @Test
    void restartBetweenCutsAndTheirVisitsLosesNoVisit() throws Exception {
        threeCustomers();
        ticks(1);
        send(halfBelowTheLast(TEN.plusMillis(1500)));
        // The cuts are stored; the next tick, after which customers are due, comes to another task.
        scenario.restart();
        scenario.timeIs(TEN.plusMillis(1999));
        scenario.pause();
        assertThat(changes("top")).containsExactly("cat ENTERED 1500 POPULATION");
    }

    /** Cuts by which only those with the highest value of the first report have reached half. */
    private Cuts halfBelowTheLast(Instant at) throws Exception {
        PopulationReport report = reports().get(0);
        int[] lowest = new int[Cuts.HIGHEST + 1];
        Arrays.fill(lowest, Collections.max(report.counts().keySet()));
        Arrays.fill(lowest, 0, HALF, ValueBuckets.NONE);
        return new Cuts(report.population(), at.toEpochMilli(), 3, lowest);
    }

    private void send(Cuts cuts) throws Exception {
        send(cuts, Instant.ofEpochMilli(cuts.at()));
    }

    private void send(Cuts cuts, Instant timestamp) throws Exception {
        byte[] message = new ControlCodec(registry, TopologyScenario.TOPICS.control()).encode(new Control.Moved(cuts));
        scenario.rawControl(message, timestamp);
    }

    @Test
    void cutsThatComeTwiceOrLateDoNothing() throws Exception {
        threeCustomers();
        ticks(5);
        assertThat(changes("top")).hasSize(1);
        Cuts cuts = written().get(0);
        send(cuts);
        send(new Cuts(cuts.population(), cuts.at() - 1, 3, null));
        ticks(8);
        assertThat(scenario.counter("segue.population.cuts")).isEqualTo(1);
        assertThat(changes("top")).isEmpty();
        assertThat(scenario.deadLetters()).isEmpty();
    }

    @Test
    void deadlineBeforeTheCutIsAnsweredByTheOldOnes() throws Exception {
        // An hour after the orders, and a second before other cuts, of which the task knows already.
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("hour"), registry);
        scenario.define("""
                segment: top
                when: order_completed.map(o, o.total).sum().percentile() >= 50.0 && activity.within('1h').count() == 0
                population: {minimum: 3}
                """);
        threeCustomers();
        ticks(5);
        assertThat(changes("top")).isEmpty();
        Cuts known = written().get(0);
        // From 3,601 s on, nobody is at 50 %.
        int[] nobody = new int[Cuts.HIGHEST + 1];
        Arrays.fill(nobody, Integer.MAX_VALUE - 1);
        nobody[0] = ValueBuckets.NONE;
        send(new Cuts(known.population(), TEN.plusSeconds(3601).toEpochMilli(), 3, nobody));
        assertThat(changes("top")).isEmpty();
        scenario.rawControl(scenario.tick(TEN.plusSeconds(3602)), TEN.plusSeconds(3602));
        scenario.pause();
        assertThat(changes("top")).startsWith("cat ENTERED 3600000 DEADLINE", "cat EXITED 3601000 POPULATION");
    }

    @Test
    void oneTableIsKeptOnceEverybodyIsVisited() throws Exception {
        threeCustomers();
        ticks(5);
        order("dan", 5, "40.00");
        order("eve", 5, "50.00");
        ticks(10);
        assertThat(written()).hasSizeGreaterThan(1);
        assertThat(scenario.store().keySet().stream().filter(key -> key.get()[0] == CUTS))
                .hasSize(1);
    }

    @Test
    void addedDefinitionIsCompleteOnlyAfterTheSweep() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("added"), registry);
        String spenders = "trait: spent\nvalue: order_completed.map(o, o.total).sum()";
        scenario.define(ScenarioEvents.set(QUIET, spenders));
        threeCustomers();
        ticks(2);
        assertThat(reports()).isEmpty();
        scenario.define(ScenarioEvents.set(QUIET, spenders, TOP));
        scenario.timeIs(TEN.plusSeconds(3));
        List<PopulationReport> first = reports();
        scenario.pause();
        now = TEN.plusSeconds(3);
        ticks(8);
        List<PopulationReport> all = new ArrayList<>(first);
        all.addAll(reports());
        assertThat(all.get(0).complete()).isFalse();
        assertThat(all.get(0).whole()).isTrue();
        assertThat(all.get(all.size() - 1).complete()).isTrue();
        assertThat(customers(all.get(all.size() - 1).counts())).isEqualTo(3);
        assertThat(written()).allSatisfy(cuts -> assertThat(cuts.customers()).isEqualTo(3));
        assertThat(changes("top")).hasSize(1);
    }

    @Test
    void newDefinitionThatMustReadThePastIsCompleteOnceEverybodyIsUnited() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("filled"), registry);
        scenario.define(QUIET);
        threeCustomers();
        ticks(2);
        scenario.define(ScenarioEvents.set(QUIET, TOP));
        ticks(12);
        List<PopulationReport> all = reports();
        assertThat(all.get(0).complete()).isFalse();
        assertThat(all.get(all.size() - 1).complete()).isTrue();
        assertThat(customers(all.get(all.size() - 1).counts())).isEqualTo(3);
        assertThat(written()).allSatisfy(cuts -> assertThat(cuts.customers()).isEqualTo(3));
        assertThat(changes("top")).hasSize(1);
    }

    @Test
    void staysCompleteWhileOthersChange() throws Exception {
        threeCustomers();
        ticks(5);
        reports();
        scenario.define(ScenarioEvents.set(QUIET, TOP, LOYAL));
        ticks(9);
        assertThat(reports())
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.complete()).isTrue());
        scenario.readChanges();
        order("dan", 9, "40.00");
        assertThat(changes("top")).containsExactly("dan ENTERED 9000 EVENT");
    }

    @Test
    void countsThoseAgainWhomOtherDefinitionsHaveNotReached() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("return"), registry);
        scenario.drain = new DrainBudget(1, Duration.ofMillis(1));
        scenario.define(ScenarioEvents.set(QUIET, TOP));
        for (int number = 1; number <= 100; number++) {
            order("c" + number, 0, number + ".00");
        }
        ticks(5);
        written();
        scenario.define(QUIET);
        now = TEN.plusSeconds(6);
        scenario.timeIs(now);
        scenario.define(ScenarioEvents.set(QUIET, TOP));
        ticks(20);
        settle();
        assertThat(written())
                .isNotEmpty()
                .allSatisfy(cuts -> assertThat(cuts.customers()).isEqualTo(100));
    }

    /** Lets a slow drain finish. */
    private void settle() throws Exception {
        for (int pass = 0; pass < 200; pass++) {
            scenario.pause();
        }
        ticks(30);
    }

    @Test
    void impossibleCutsAreRefused() throws Exception {
        threeCustomers();
        ticks(5);
        changes("top");
        Cuts known = written().get(0);
        send(new Cuts(known.population(), TEN.plusSeconds(90_000).toEpochMilli(), 3, null), TEN.plusSeconds(6));
        assertThat(scenario.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(new String(
                                letter.headers().lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8))
                        .isEqualTo(BadRecord.Reason.IMPOSSIBLE_TIME.label()));
        ticks(8);
        assertThat(changes("top")).isEmpty();
        assertThat(scenario.counters.read().refusedControl()).isEqualTo(1);
    }

    @Test
    void foreignReportIsCounted() throws Exception {
        threeCustomers();
        ticks(1);
        scenario.rawPopulation(new byte[] {1, 2, 3}, TEN);
        ticks(5);
        assertThat(scenario.counter("segue.population.refused")).isEqualTo(1);
        assertThat(changes("top")).hasSize(1);
    }

    /** Another value is another population; whoever is in stays in until it has been counted. */
    @Test
    void editedValueThrowsNobodyOut() throws Exception {
        threeCustomers();
        ticks(5);
        assertThat(changes("top")).containsExactly("cat ENTERED 2000 POPULATION");
        scenario.define(ScenarioEvents.set(QUIET, TOP.replace("minimum: 3", "minimum: 2")));
        ticks(10);
        assertThat(written())
                .extracting(Cuts::population)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(changes("top")).isEmpty();
    }

    /** Percentiles that nobody has asked about may have moved long ago. */
    @Test
    void newlyAskedPercentileIsThatOfItsInstant() throws Exception {
        threeCustomers();
        ticks(5);
        order("dan", 5, "5.00");
        order("eve", 5, "100.00");
        order("fay", 5, "200.00");
        ticks(60);
        assertThat(changes("top")).hasSize(3);
        scenario.define(
                ScenarioEvents.set(QUIET, TOP, TOP.replace("top", "higher").replace("50.0", "60.0")));
        ticks(70);
        // Three of six have less than Cat; it was two of three when the cuts were last written.
        assertThat(changes("higher")).containsExactly("eve ENTERED 61000 DEFINITION", "fay ENTERED 61000 DEFINITION");
    }
}
