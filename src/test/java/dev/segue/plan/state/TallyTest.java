// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Bucket;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final String NONE = "none";

    private static Column column(Object... values) {
        Column column = new Column();
        for (Object value : values) {
            column.append(value, 1);
        }
        return column;
    }

    private static Object winner(Object value, long count, int of) {
        return Map.of("value", value, "count", count, "share", (double) count / of);
    }

    private static Object most(Column column, int from, int to) {
        return column.tally(from, to).result(NONE);
    }

    @Test
    void findsMostFrequentValue() {
        assertThat(most(column("a", "b", "b"), 0, 3)).isEqualTo(winner("b", 2, 3));
    }

    @Test
    void findsSmallestValueOnTie() {
        assertThat(most(column("b", "a", "c"), 0, 3)).isEqualTo(winner("a", 1, 3));
    }

    @Test
    void findsNothingInEmptyRange() {
        assertThat(most(column("a"), 1, 1)).isEqualTo(NONE);
    }

    @Test
    void ignoresElementsWithoutValue() {
        assertThat(most(column("a", null, null), 0, 3)).isEqualTo(winner("a", 1, 1));
    }

    @Test
    void countsBothZerosAsOneValue() {
        assertThat(most(column(0.0, -0.0, 1.0), 0, 3)).isEqualTo(winner(0.0, 2, 3));
    }

    @Test
    void countsEqualAmountsOfDifferentScaleAsOne() {
        Column prices = column(new BigDecimal("9.50"), new BigDecimal("9.5"), new BigDecimal("1"));
        assertThat(most(prices, 0, 3)).isEqualTo(winner(9.5, 2, 3));
    }

    @Test
    void uncountsElementsThatLeaveRange() {
        Column column = column("a", "a", "b");
        assertThat(most(column, 0, 3)).isEqualTo(winner("a", 2, 3));
        assertThat(most(column, 2, 3)).isEqualTo(winner("b", 1, 1));
    }

    @Test
    void countsElementsThatEnterRangeAtFront() {
        Column column = column("a", "a", "b");
        assertThat(most(column, 2, 3)).isEqualTo(winner("b", 1, 1));
        assertThat(most(column, 0, 2)).isEqualTo(winner("a", 2, 2));
    }

    @Test
    void recountsDisjointRange() {
        Column column = column("a", "a", "b", "c");
        assertThat(most(column, 0, 2)).isEqualTo(winner("a", 2, 2));
        assertThat(most(column, 3, 4)).isEqualTo(winner("c", 1, 1));
    }

    @Test
    void uncountsDroppedElements() {
        Tally tally = column("a", "a", "b").tally(0, 3);
        tally.dropFront(2);
        assertThat(tally.to()).isEqualTo(1);
        assertThat(tally.count()).isEqualTo(1);
    }

    @Test
    void keepsCountsIfElementsBeforeRangeAreDropped() {
        Tally tally = column("a", "b", "b").tally(1, 3);
        tally.dropFront(1);
        assertThat(tally.to()).isEqualTo(2);
        assertThat(tally.result(NONE)).isEqualTo(winner("b", 2, 2));
    }

    @Test
    void marginIsHowManyOfLeaderMustLeave() {
        assertThat(column("a", "a", "a", "b").tally(0, 4).margin())
                .as("with one of each, the smaller leads")
                .isEqualTo(3);
        assertThat(column("b", "b", "b", "a").tally(0, 4).margin()).isEqualTo(2);
        assertThat(column("b", "b").tally(0, 2).margin()).isEqualTo(2);
        assertThat(column((Object) null).tally(0, 1).margin()).isZero();
    }

    @Test
    void findsElementsOfLeader() {
        Tally tally = column("b", "a", "b", "b", "a", "b").tally(1, 6);
        assertThat(tally.leader()).isEqualTo("b");
        assertThat(tally.indexOfLeader(1)).isEqualTo(2);
        assertThat(tally.indexOfLeader(2)).isEqualTo(3);
        assertThat(tally.indexOfLeader(3)).isEqualTo(5);
    }

    @Test
    void mergedElementsCountWithTheirLatestValue() {
        Bucket bucket = Bucket.of("b").with(Bucket.of("a")).with(Bucket.of("c"));
        Tally tally = column(bucket, "b", "c", "b").tally(0, 4);
        assertThat(tally.result(NONE)).isEqualTo(winner("c", 4, 6));
        assertThat(tally.margin()).isEqualTo(2);
        assertThat(tally.indexOfLeader(3)).as("the merged ones leave together").isZero();
        assertThat(tally.indexOfLeader(4)).isEqualTo(2);
    }

    @Test
    void staysTheSameIfLeaderGains() {
        Column column = column("a", "a", "b", "a");
        assertThat(column.tally(0, 3).extend()).isTrue();
        assertThat(column.tally(0, 4).margin()).isEqualTo(3);
    }

    @Test
    void staysTheSameIfAnyOtherThanTheFollowerGains() {
        assertThat(column("a", "a", "a", "b", "b", "c", "c").tally(0, 6).extend())
                .as("c is smaller than neither")
                .isTrue();
    }

    @Test
    void isAskedAgainIfFollowerGains() {
        assertThat(column("a", "a", "a", "b", "b").tally(0, 4).extend()).isFalse();
    }

    @Test
    void isAskedAgainIfAnotherLeads() {
        Column column = column("b", "a");
        assertThat(column.tally(0, 1).extend()).isFalse();
        assertThat(column.tally(0, 2).leader()).isEqualTo("a");
    }

    @Test
    void staysTheSameWithoutValue() {
        assertThat(column("a", null).tally(0, 1).extend()).isTrue();
        assertThat(column(null, null).tally(0, 1).extend()).isTrue();
    }

    @Test
    void isAskedAgainAtFirstValue() {
        assertThat(column(null, "a").tally(0, 1).extend()).isFalse();
    }

    @Test
    void movingKeepsLeaderAndMarginExact() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            Column moved = new Column();
            int from = 0;
            for (int size = 1; size < 60; size++) {
                moved.append(random.nextInt(5) == 0 ? null : (Object) (long) random.nextInt(4), 1);
                from = Math.min(size - 1, from + random.nextInt(3));
                Tally tally = moved.tally(random.nextInt(4) == 0 ? 0 : from, size);
                Column fresh = new Column();
                for (int index = tally.from(); index < size; index++) {
                    fresh.append(moved.value(index), 1);
                }
                Tally recounted = fresh.tally(0, size - tally.from());
                assertThat(tally.result(NONE)).isEqualTo(recounted.result(NONE));
                assertThat(tally.margin()).isEqualTo(recounted.margin());
            }
        }
    }
}
