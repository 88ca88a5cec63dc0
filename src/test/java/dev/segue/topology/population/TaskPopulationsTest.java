// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.serde.output.PopulationReport;
import dev.segue.topology.due.DeadlineIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskPopulationsTest {
    private static final long POPULATION = 11;
    private static final int HALF = 500;
    private static final long NOON = 1_000_000_000_000L;

    private final Memory memory = new Memory();
    private final List<PopulationReport> sent = new ArrayList<>();
    private final DeadlineIndex deadlines = new DeadlineIndex();
    private TaskPopulations populations = begin(NOON);

    private static final class Memory implements PopulationStore {
        private final TreeMap<Long, byte[]> cuts = new TreeMap<>();
        private long epoch = Long.MIN_VALUE;

        @Override
        public void cuts(Consumer<byte[]> visitor) {
            cuts.values().forEach(visitor);
        }

        @Override
        public void cuts(long population, long at, byte @Nullable [] bytes) {
            if (bytes == null) {
                cuts.remove(at);
            } else {
                cuts.put(at, bytes);
            }
        }

        @Override
        public long populationEpoch() {
            return epoch;
        }

        @Override
        public void populationEpoch(long next) {
            epoch = next;
        }
    }

    private TaskPopulations begin(long clock) {
        TaskPopulations begun = new TaskPopulations(memory, 3, clock);
        begun.count(List.of(need()));
        return begun;
    }

    private static PopulationNeed need() {
        return new PopulationNeed(POPULATION, "purchase.count()", null, 3, new int[] {HALF});
    }

    private void count(int number, int bucket) {
        populations.changed(id(number), List.of(new BucketChange(POPULATION, ValueBuckets.NONE, bucket)));
    }

    private static byte[] id(int number) {
        return "c%04d".formatted(number).getBytes(StandardCharsets.UTF_8);
    }

    /** Cuts by which half begins at a bucket. */
    private static Cuts half(long at, int bucket) {
        int[] lowest = new int[Cuts.HIGHEST + 1];
        Arrays.fill(lowest, 0, HALF, ValueBuckets.NONE);
        Arrays.fill(lowest, HALF, lowest.length, bucket);
        return new Cuts(POPULATION, at, 9, lowest);
    }

    private int armAll() {
        int calls = 0;
        while (populations.isArming()) {
            populations.arm(deadlines);
            calls++;
        }
        return calls;
    }

    /** The customers who are due, whom this removes. */
    private Set<String> takeDue(long now) {
        Set<String> due = new TreeSet<>();
        while (deadlines.isDue(now)) {
            due.add(new String(deadlines.first(), StandardCharsets.UTF_8));
            deadlines.settleFirst(DeadlineIndex.NEVER);
        }
        return due;
    }

    private void report(long now) {
        populations.report(now, population -> true, sent::add);
    }

    @Test
    void armsThoseWhomCutsMoveAndNoOthers() {
        for (int number = 0; number < 100; number++) {
            count(number, number);
        }
        assertThat(populations.take(half(NOON, 50))).isTrue();
        armAll();
        assertThat(takeDue(NOON - 1)).isEmpty();
        assertThat(takeDue(NOON)).as("all have a percentile now").hasSize(100);
        assertThat(populations.take(half(NOON + 1, 52))).isTrue();
        armAll();
        assertThat(takeDue(NOON + 1)).containsExactly("c0050", "c0051");
        assertThat(populations.take(half(NOON + 2, 49))).isTrue();
        armAll();
        assertThat(takeDue(NOON + 2)).containsExactly("c0049", "c0050", "c0051");
        assertThat(populations.take(new Cuts(POPULATION, NOON + 3, 2, null))).isTrue();
        armAll();
        assertThat(takeDue(NOON + 3)).hasSize(100);
    }

    @Test
    void armsManyALittleAtATime() {
        for (int number = 0; number < 9_000; number++) {
            count(number, 1);
        }
        assertThat(populations.take(half(NOON, 1))).isTrue();
        assertThat(armAll()).isGreaterThan(3);
        assertThat(takeDue(NOON)).hasSize(9_000);
    }

    @Test
    void takesLaterCutsOfItsOwnPopulationsOnly() {
        assertThat(populations.take(half(NOON, 1))).isTrue();
        assertThat(populations.take(half(NOON, 2))).isFalse();
        assertThat(populations.take(half(NOON - 1, 2))).isFalse();
        assertThat(populations.take(new Cuts(12, NOON + 1, 9, null))).isFalse();
        assertThat(memory.cuts).hasSize(1);
    }

    @Test
    void knowsItsCutsAfterARestart() {
        assertThat(populations.take(half(NOON, 1))).isTrue();
        assertThat(populations.take(half(NOON + 5, 7))).isTrue();
        populations = begin(NOON + 9);
        assertThat(populations.cuts().at(POPULATION, NOON + 4)).isEqualTo(half(NOON, 1));
        assertThat(populations.cuts().latest(POPULATION)).isEqualTo(half(NOON + 5, 7));
    }

    @Test
    void forgetsCutsThatNobodyNeeds() {
        assertThat(populations.take(half(NOON, 1))).isTrue();
        assertThat(populations.take(half(NOON + 5, 7))).isTrue();
        populations.settled(NOON + 4);
        assertThat(memory.cuts).hasSize(2);
        populations.settled(NOON + 5);
        assertThat(memory.cuts.keySet()).containsExactly(NOON + 5);
        populations.count(List.of());
        populations.settled(NOON + 6);
        assertThat(memory.cuts).isEmpty();
    }

    @Test
    void reportsAllFirstAndThenWhatHasChangedAtMostOnceASecond() {
        count(1, 4);
        report(NOON);
        count(2, 4);
        count(1, 9);
        report(NOON + 999);
        report(NOON + 1000);
        report(NOON + 2000);
        assertThat(sent)
                .containsExactly(
                        new PopulationReport(POPULATION, 3, NOON, true, true, Map.of(4, 1L)),
                        new PopulationReport(POPULATION, 3, NOON, false, true, Map.of(4, 1L, 9, 1L)));
    }

    @Test
    void reportsThatAllAreCountedEvenIfNobodyIs() {
        populations.report(NOON, population -> false, sent::add);
        report(NOON + 1000);
        assertThat(sent)
                .containsExactly(
                        new PopulationReport(POPULATION, 3, NOON, true, false, Map.of()),
                        new PopulationReport(POPULATION, 3, NOON, true, true, Map.of()));
    }

    @Test
    void reportsAllAgainWhenDefinitionsChange() {
        count(1, 4);
        report(NOON);
        populations.count(List.of(need()));
        report(NOON + 1000);
        assertThat(sent)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.whole()).isTrue());
    }

    @Test
    void laterTaskHasALaterEpochEvenIfItsClockIsBehind() {
        report(NOON);
        populations = begin(NOON - 60_000);
        report(NOON + 1000);
        populations = begin(NOON + 60_000);
        report(NOON + 2000);
        assertThat(sent).extracting(PopulationReport::epoch).containsExactly(NOON, NOON + 1, NOON + 60_000);
    }

    @Test
    void writesNothingWithoutPopulations() {
        populations.count(List.of());
        report(NOON);
        assertThat(sent).isEmpty();
        assertThat(memory.epoch).isEqualTo(Long.MIN_VALUE);
    }
}
