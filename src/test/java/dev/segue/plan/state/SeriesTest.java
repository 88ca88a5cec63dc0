// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Bucket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final long NOW = 100_000;
    private static final Retention EVERYTHING = Retention.all(Retention.FOREVER);

    private final Series series = new Series(new int[] {0});

    private Limit insert(long time, Object value, Retention retention) {
        return series.insert(time, new Object[] {value}, retention, NOW);
    }

    private void insertAll(Retention retention, long... times) {
        for (long time : times) {
            assertThat(insert(time, "at " + time, retention)).isNull();
        }
    }

    private List<Object> values() {
        return IntStream.range(0, series.size())
                .mapToObj(index -> series.value(0, index))
                .toList();
    }

    private List<Long> times() {
        return IntStream.range(0, series.size()).mapToObj(series::time).toList();
    }

    @Test
    void keepsElementsInOrderOfTime() {
        insertAll(EVERYTHING, 30, 10, 20);
        assertThat(values()).containsExactly("at 10", "at 20", "at 30");
    }

    @Test
    void keepsElementsOfEqualTimeInOrderOfArrival() {
        List.of("first", "second", "third").forEach(value -> insert(10, value, EVERYTHING));
        assertThat(values()).containsExactly("first", "second", "third");
    }

    @Test
    void findsFirstElementAfterTime() {
        insertAll(EVERYTHING, 10, 20, 20, 30);
        assertThat(series.firstAfter(19)).isEqualTo(1);
        assertThat(series.firstAfter(20)).isEqualTo(3);
    }

    @Test
    void findsBothEnds() {
        insertAll(EVERYTHING, 10, 20);
        assertThat(series.firstAfter(9)).isZero();
        assertThat(series.firstAfter(20)).isEqualTo(2);
    }

    @Test
    void keepsElementOneMillisecondInsideWindow() {
        insertAll(Retention.all(1_000), NOW - 999);
        assertThat(times()).containsExactly(NOW - 999);
    }

    @Test
    void dropsElementOnWindowBorder() {
        insertAll(Retention.all(1_000), NOW - 1_000);
        assertThat(series.size()).isZero();
    }

    @Test
    void dropsExpiredElementsOnInsert() {
        insertAll(Retention.all(1_000), NOW - 999);
        assertThat(series.insert(NOW + 1, new Object[] {"next"}, Retention.all(1_000), NOW + 1))
                .isNull();
        assertThat(values()).containsExactly("next");
    }

    @Test
    void keepsLatestElementsWhateverTheirArrival() {
        insertAll(Retention.latest(2, Retention.FOREVER), 30, 10, 20);
        assertThat(times()).containsExactly(20L, 30L);
    }

    @Test
    void keepsOldestElementsWhateverTheirArrival() {
        insertAll(Retention.oldest(2), 30, 20, 10);
        assertThat(times()).containsExactly(10L, 20L);
    }

    @Test
    void wantsElementOneMillisecondInsideWindowOnly() {
        assertThat(series.wants(NOW - 999, Retention.all(1_000), NOW)).isTrue();
        assertThat(series.wants(NOW - 1_000, Retention.all(1_000), NOW)).isFalse();
    }

    @Test
    void wantsNoElementOlderThanLatestFew() {
        Retention two = Retention.latest(2, Retention.FOREVER);
        insertAll(two, 20, 30);
        assertThat(series.wants(19, two, NOW)).isFalse();
        assertThat(series.wants(20, two, NOW))
                .as("it arrived later than that of the same time")
                .isTrue();
    }

    @Test
    void keepsUniqueValueAtLatestTime() {
        insert(10, "a", EVERYTHING.asUnique());
        insert(20, "b", EVERYTHING.asUnique());
        insert(30, "a", EVERYTHING.asUnique());
        assertThat(values()).containsExactly("b", "a");
    }

    @Test
    void lateUniqueValueDoesNotMoveBack() {
        insert(30, "a", EVERYTHING.asUnique());
        insert(10, "a", EVERYTHING.asUnique());
        assertThat(times()).containsExactly(30L);
    }

    @Test
    void bothZerosAreOneUniqueValue() {
        insert(10, 0.0, EVERYTHING.asUnique());
        insert(20, -0.0, EVERYTHING.asUnique());
        assertThat(times()).containsExactly(20L);
    }

    /** Ten milliseconds apart: a window of 64 seconds has buckets of a second, and so of a hundred elements. */
    private Limit fill(int elements, Object value) {
        Limit reached = null;
        for (int index = 0; index < elements; index++) {
            assertThat(reached).as("before element %d", index).isNull();
            reached = series.insert(10L * index, new Object[] {value}, Retention.all(64_000), 10L * index);
        }
        return reached;
    }

    @Test
    void keepsSingleElementsUpToCap() {
        assertThat(fill(Retention.CAP, null)).isNull();
        assertThat(series.isCoarse(0, series.size())).isFalse();
    }

    @Test
    void mergesElementsBeyondCap() {
        assertThat(fill(Retention.CAP + 1, null)).isEqualTo(Limit.ELEMENTS_PUT_TOGETHER);
        assertThat(series.isCoarse(0, series.size())).isTrue();
    }

    @Test
    void countsMergedElements() {
        fill(Retention.CAP + 1, 1.0);
        assertThat(series.count(0, series.size())).isEqualTo(Retention.CAP + 1);
    }

    @Test
    void mergingDoesNotClip() {
        fill(Retention.CAP + 1, 1.0);
        assertThat(series.clipped()).isFalse();
    }

    @Test
    void mergesOlderHalfOnly() {
        fill(Retention.CAP + 1, 1.0);
        int firstOfNewerHalf = series.size() - (Retention.CAP + 1 - Retention.CAP / 2);
        assertThat(series.isCoarse(0, firstOfNewerHalf)).isTrue();
        assertThat(series.isCoarse(firstOfNewerHalf, series.size())).isFalse();
    }

    @Test
    void bucketIsSixtyFourthOfWindow() {
        fill(Retention.CAP + 1, 1.0);
        assertThat(((Bucket) values().get(0)).count()).isEqualTo(100);
        assertThat(((Bucket) values().get(1)).count()).isEqualTo(100);
    }

    @Test
    void bucketHasTimeOfLatestElement() {
        fill(Retention.CAP + 1, 1.0);
        assertThat(series.time(0)).isEqualTo(990);
        assertThat(series.time(1)).isEqualTo(1_990);
    }

    @Test
    void dropsOldestListBeyondCap() {
        assertThat(fill(Retention.CAP + 1, List.of())).isEqualTo(Limit.ELEMENTS);
        assertThat(series.size()).isEqualTo(Retention.CAP);
        assertThat(series.time(0)).isEqualTo(10);
    }

    @Test
    void isClippedAfterDrop() {
        fill(Retention.CAP, List.of());
        assertThat(series.clipped()).isFalse();
        insert(NOW, List.of(), EVERYTHING);
        assertThat(series.clipped()).isTrue();
    }

    @Test
    void neverMergesUniqueValues() {
        Limit reached = null;
        for (long index = 0; index <= Retention.CAP; index++) {
            reached = series.insert(index, new Object[] {index}, EVERYTHING.asUnique(), NOW);
        }
        assertThat(reached).isEqualTo(Limit.ELEMENTS);
        assertThat(series.isCoarse(0, series.size())).isFalse();
    }

    @Test
    void isCoarseWithStoredBucket() {
        Series stored = new Series(new long[] {10, 20}, 2, new long[] {2, 1}, new int[0], new Column[0], false);
        assertThat(stored.isCoarse(0, 1)).isTrue();
        assertThat(stored.isCoarse(1, 2)).isFalse();
    }

    @Test
    void countsNothingInEmptyRange() {
        insertAll(EVERYTHING, 10, 20);
        assertThat(series.count(2, 1)).isZero();
    }

    @Test
    void halvingDropsOlderHalf() {
        insertAll(EVERYTHING, 10, 20, 30, 40);
        assertThat(series.halve()).isTrue();
        assertThat(times()).containsExactly(30L, 40L);
    }

    @Test
    void isClippedAfterHalving() {
        insertAll(EVERYTHING, 10, 20);
        assertThat(series.halve()).isTrue();
        assertThat(series.clipped()).isTrue();
    }

    @Test
    void emptySeriesCannotBeHalved() {
        assertThat(series.halve()).isFalse();
        assertThat(series.clipped()).isFalse();
    }

    private Object most(int from) {
        return series.tally(0, from, series.size()).result("none");
    }

    private static Object winner(String value, long count, int of) {
        return Map.of("value", value, "count", count, "share", (double) count / of);
    }

    /** Forty elements, of which the first twenty-one are hats. */
    private void fillWithHatsAndShoes() {
        for (int index = 0; index < 40; index++) {
            insert(10L * index, index < 21 ? "hats" : "shoes", EVERYTHING);
        }
    }

    @Test
    void mostFrequentValueFollowsMovingRange() {
        fillWithHatsAndShoes();
        assertThat(most(0)).isEqualTo(winner("hats", 21, 40));
        assertThat(most(3)).isEqualTo(winner("shoes", 19, 37));
    }

    @Test
    void mostFrequentValueCountsLateElement() {
        fillWithHatsAndShoes();
        assertThat(most(2)).isEqualTo(winner("hats", 19, 38));
        insert(25, "shoes", EVERYTHING);
        assertThat(most(2)).isEqualTo(winner("shoes", 20, 39));
    }

    @Test
    void mostFrequentValueIgnoresHalvedElements() {
        fillWithHatsAndShoes();
        assertThat(most(0)).isEqualTo(winner("hats", 21, 40));
        assertThat(series.halve()).isTrue();
        assertThat(most(0)).isEqualTo(winner("shoes", 19, 20));
    }

    @Test
    void mostFrequentValueOfFewElementsIsSmallestOnTie() {
        Arrays.asList("shoes", "hats").forEach(value -> insert(10, value, EVERYTHING));
        assertThat(most(0)).isEqualTo(winner("hats", 1, 2));
    }

    private static Series withHourAndCity() {
        Series visits = new Series(new int[] {7, 9});
        visits.insert(10, new Object[] {8L, "Berlin"}, EVERYTHING, NOW);
        visits.insert(30, new Object[] {9L, null}, EVERYTHING, NOW);
        visits.insert(20, new Object[] {8L, "Kiel"}, EVERYTHING, NOW);
        return visits;
    }

    @Test
    void everyColumnHasItsValueOfAnElement() {
        Series visits = withHourAndCity();
        assertThat(visits.values(0, 0, 3)).containsExactly(8L, 8L, 9L);
        assertThat(visits.values(1, 0, 3)).containsExactly("Berlin", "Kiel");
    }

    @Test
    void keepsColumnsOfAnotherPlanByTheirIds() {
        Series visits = withHourAndCity();
        visits.keep(new int[] {9, 5});
        assertThat(visits.columns()).isEqualTo(2);
        assertThat(visits.values(0, 0, 3)).containsExactly("Berlin", "Kiel");
        assertThat(visits.values(1, 0, 3)).isEmpty();
        visits.insert(40, new Object[] {"Ulm", true}, EVERYTHING, NOW);
        assertThat(visits.values(1, 0, 4)).containsExactly(true);
    }

    @Test
    void knowsWhetherNewElementHasValue() {
        Series visits = withHourAndCity();
        visits.insert(40, new Object[] {9L, null}, EVERYTHING, NOW);
        assertThat(visits.gainedNothing(1)).isTrue();
        assertThat(visits.gainedNothing(0)).isFalse();
    }

    @Test
    void nothingIsKnownAfterLateElement() {
        Series visits = withHourAndCity();
        visits.insert(15, new Object[] {9L, null}, EVERYTHING, NOW);
        assertThat(visits.gainedNothing(1)).isFalse();
        assertThat(visits.keepsLeader(0, 0)).isFalse();
    }

    @Test
    void leaderIsKeptUntilAnotherGains() {
        fillWithHatsAndShoes();
        insert(1_000, "hats", EVERYTHING);
        assertThat(series.keepsLeader(0, 0)).isTrue();
        insert(1_001, "shoes", EVERYTHING);
        assertThat(series.keepsLeader(0, 0)).isFalse();
    }

    @Test
    void knowsWhetherLatestValueIsRepeated() {
        Retention latest = Retention.latest(1, Retention.FOREVER);
        insert(10, "a", latest);
        assertThat(series.repeats(Long.MIN_VALUE)).isFalse();
        insert(20, "a", latest);
        assertThat(series.repeats(9)).isTrue();
        insert(30, "b", latest);
        assertThat(series.repeats(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void repeatedUniqueValueMovesToItsLatestTime() {
        insert(10, "a", EVERYTHING.asUnique());
        insert(20, "b", EVERYTHING.asUnique());
        insert(30, "b", EVERYTHING.asUnique());
        assertThat(times()).containsExactly(10L, 30L);
        assertThat(series.repeats(19)).isTrue();
        assertThat(series.repeats(20)).as("it was not visible").isFalse();
    }

    @Test
    void uniqueValueThatWasNotTheLatestIsNoRepetition() {
        insert(10, "a", EVERYTHING.asUnique());
        insert(20, "b", EVERYTHING.asUnique());
        insert(30, "a", EVERYTHING.asUnique());
        assertThat(series.repeats(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void leaderOfMergedElementsCountsThemAll() {
        fill(Retention.CAP + 1, 1.0);
        assertThat(series.tally(0, 0, series.size()).count()).isEqualTo(Retention.CAP + 1);
        insert(1_000_000, 1.0, EVERYTHING);
        assertThat(series.keepsLeader(0, 0)).isTrue();
    }
}
