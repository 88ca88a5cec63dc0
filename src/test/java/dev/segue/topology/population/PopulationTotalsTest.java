// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.Cuts;
import dev.segue.serde.output.PopulationReport;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PopulationTotalsTest {
    private static final long POPULATION = -7;
    private static final long NOON = 1_000_000_000_000L;
    private static final PopulationNeed NEED = need(POPULATION, 3);

    private KeyValueStore<Bytes, byte[]> store;
    private PopulationTotals totals;

    private static PopulationNeed need(long population, int minimum) {
        return new PopulationNeed(population, "purchase.count()", null, minimum, new int[] {500});
    }

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("population"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        totals = new PopulationTotals(store, NOON);
        totals.compute(List.of(NEED), NOON);
    }

    private void restart() {
        totals = new PopulationTotals(store, NOON);
        totals.compute(List.of(NEED), NOON);
    }

    private void whole(int partition, long epoch, Map<Integer, Long> counts) {
        totals.report(new PopulationReport(POPULATION, partition, epoch, true, true, counts), NOON);
    }

    private void changed(int partition, long epoch, Map<Integer, Long> counts) {
        totals.report(new PopulationReport(POPULATION, partition, epoch, false, true, counts), NOON);
    }

    private List<Cuts> take(long later) {
        return totals.take(2, NOON + later);
    }

    private Cuts taken(long later) {
        List<Cuts> cuts = take(later);
        assertThat(cuts).hasSize(1);
        return cuts.get(0);
    }

    @Test
    void addsUpAllPartitions() {
        whole(0, 1, Map.of(1, 2L, 5, 1L));
        assertThat(take(1)).isEmpty();
        whole(1, 1, Map.of(5, 1L, -3, 2L));
        Cuts cuts = taken(2);
        assertThat(cuts.customers()).isEqualTo(6);
        assertThat(cuts.at()).isEqualTo(NOON + 2);
        // Two of six are below 1, four below 5.
        assertThat(cuts.tenths(-3)).isZero();
        assertThat(cuts.tenths(1)).isEqualTo(333);
        assertThat(cuts.tenths(5)).isEqualTo(666);
    }

    @Test
    void writesNothingWhileAPartitionIsIncomplete() {
        whole(0, 1, Map.of(1, 2L));
        totals.report(new PopulationReport(POPULATION, 1, 1, true, false, Map.of(5, 9L)), NOON);
        assertThat(take(1)).isEmpty();
        whole(1, 1, Map.of(5, 9L));
        assertThat(taken(2).customers()).isEqualTo(11);
    }

    /** New definitions may ask about percentiles that nobody has asked about, and that have moved meanwhile. */
    @Test
    void writesAllCountsWhateverIsAsked() {
        whole(0, 1, Map.of(1, 150L, 5, 50L));
        whole(1, 1, Map.of());
        assertThat(taken(1).customers()).isEqualTo(200);
        changed(0, 1, Map.of(7, 1L));
        assertThat(take(2)).isEmpty();
        List<Cuts> all = totals.takeAll(2, NOON + 3);
        assertThat(all).extracting(Cuts::customers).containsExactly(201L);
        assertThat(totals.takeAll(2, NOON + 4)).isEmpty();
    }

    @Test
    void repeatedReportsChangeNothing() {
        whole(0, 1, Map.of(1, 2L));
        whole(1, 1, Map.of());
        changed(0, 1, Map.of(4, 6L));
        changed(0, 1, Map.of(4, 6L));
        assertThat(taken(1).customers()).isEqualTo(8);
        changed(0, 1, Map.of(4, 6L));
        assertThat(take(2)).isEmpty();
    }

    @Test
    void aWholeReportReplacesWhatThePartitionHasSent() {
        whole(0, 1, Map.of(1, 2L, -4, 7L));
        whole(1, 1, Map.of(1, 2L));
        whole(0, 2, Map.of(9, 1L));
        Cuts cuts = taken(1);
        assertThat(cuts.customers()).isEqualTo(3);
        assertThat(cuts.tenths(9)).isEqualTo(666);
    }

    @Test
    void anEarlierTaskIsIgnored() {
        whole(0, 5, Map.of(1, 4L));
        whole(1, 5, Map.of());
        changed(0, 4, Map.of(2, 100L));
        whole(0, 4, Map.of(2, 100L));
        assertThat(taken(1).customers()).isEqualTo(4);
    }

    @Test
    void whatAddsToAnUnknownReportIsIgnored() {
        changed(0, 5, Map.of(1, 4L));
        whole(1, 5, Map.of());
        assertThat(take(1)).isEmpty();
        whole(0, 5, Map.of(1, 3L));
        changed(0, 6, Map.of(1, 100L));
        assertThat(taken(2).customers()).isEqualTo(3);
    }

    @Test
    void belowTheMinimumNobodyHasAPercentile() {
        whole(0, 1, Map.of(1, 2L));
        whole(1, 1, Map.of());
        assertThat(taken(1).lowest()).isNull();
        changed(1, 1, Map.of(2, 1L));
        assertThat(taken(2).lowest()).isNotNull();
    }

    @Test
    void writesOnlyWhatMovesWhereItIsAsked() {
        whole(0, 1, Map.of(1, 12L, 2, 10L));
        whole(1, 1, Map.of());
        assertThat(taken(1).lowest(500)).isEqualTo(2);
        changed(1, 1, Map.of(9, 1L));
        assertThat(take(2)).isEmpty();
        changed(1, 1, Map.of(0, 30L));
        Cuts moved = taken(3);
        assertThat(moved.lowest(500)).isEqualTo(1);
        assertThat(moved.customers()).isEqualTo(53);
    }

    @Test
    void writesAgainForATaskThatMayNotKnowTheLastOnes() {
        whole(0, 1, Map.of(1, 10L));
        whole(1, 1, Map.of());
        Cuts first = taken(1);
        whole(1, 2, Map.of());
        Cuts second = taken(2);
        assertThat(second.agreesWith(first, NEED.asked())).isTrue();
        assertThat(second.at()).isGreaterThan(first.at());
        assertThat(take(3)).isEmpty();
    }

    @Test
    void waitsUntilTheClockIsBehindTheLastCuts() {
        whole(0, 1, Map.of(1, 10L));
        whole(1, 1, Map.of());
        assertThat(take(100)).hasSize(1);
        changed(0, 1, Map.of(1, 10L, 0, 90L));
        assertThat(take(100)).isEmpty();
        assertThat(take(50)).isEmpty();
        assertThat(take(101)).hasSize(1);
    }

    @Test
    void restartKeepsCountsEpochsAndTheLastCuts() {
        whole(0, 3, Map.of(1, 10L, -2, 5L));
        whole(1, 3, Map.of(7, 1L));
        Cuts first = taken(1);
        restart();
        assertThat(take(2)).as("the last cuts are known").isEmpty();
        whole(0, 2, Map.of());
        changed(1, 3, Map.of(7, 40L));
        Cuts second = taken(3);
        assertThat(second.customers()).isEqualTo(55);
        assertThat(second.agreesWith(first, NEED.asked())).isFalse();
    }

    @Test
    void incompleteStaysIncompleteAfterARestart() {
        whole(0, 1, Map.of(1, 10L));
        totals.report(new PopulationReport(POPULATION, 1, 1, true, false, Map.of()), NOON);
        restart();
        assertThat(take(1)).isEmpty();
    }

    @Test
    void populationThatNoDefinitionAsksAboutAnyMoreIsDropped() {
        whole(0, 1, Map.of(1, 10L));
        whole(1, 1, Map.of());
        assertThat(take(1)).hasSize(1);
        totals.compute(List.of(), NOON);
        assertThat(totals.isEmpty()).isTrue();
        assertThat(store.approximateNumEntries()).isZero();
        // It returns, and a task that has not noticed yet adds to what is gone.
        totals.compute(List.of(NEED), NOON);
        changed(0, 1, Map.of(2, 10L));
        assertThat(take(2)).isEmpty();
    }

    @Test
    void populationThatIsNotKnownHereYetIsKeptForAWhile() {
        totals.compute(List.of(), NOON);
        whole(0, 1, Map.of(1, 10L));
        whole(1, 1, Map.of());
        long kept = PopulationTotals.KEPT.toMillis();
        totals.compute(List.of(), NOON + kept);
        assertThat(totals.isEmpty()).isFalse();
        totals.compute(List.of(NEED), NOON + kept);
        assertThat(totals.take(2, NOON + kept)).hasSize(1);
        restart();
        totals.compute(List.of(need(8, 3)), NOON);
        whole(0, 1, Map.of(1, 10L));
        totals.compute(List.of(need(8, 3)), NOON + kept + 1);
        assertThat(totals.isEmpty()).isTrue();
    }
}
