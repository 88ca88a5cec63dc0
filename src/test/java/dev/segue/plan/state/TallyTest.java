// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final String NONE = "none";

    private final Tally tally = new Tally();

    private static Series series(Object... values) {
        return new Series(new long[values.length], values, values.length, false);
    }

    private static Object winner(Object value, long count, int of) {
        return Map.of("value", value, "count", count, "share", (double) count / of);
    }

    private Object most(Series series, int from, int to) {
        tally.move(series, from, to);
        return tally.leader().result(NONE);
    }

    @Test
    void findsMostFrequentValue() {
        assertThat(most(series("a", "b", "b"), 0, 3)).isEqualTo(winner("b", 2, 3));
    }

    @Test
    void findsSmallestValueOnTie() {
        assertThat(most(series("b", "a", "c"), 0, 3)).isEqualTo(winner("a", 1, 3));
    }

    @Test
    void findsNothingInEmptyRange() {
        assertThat(most(series("a"), 1, 1)).isEqualTo(NONE);
    }

    @Test
    void ignoresElementsWithoutValue() {
        assertThat(most(series("a", null, null), 0, 3)).isEqualTo(winner("a", 1, 1));
    }

    @Test
    void countsBothZerosAsOneValue() {
        assertThat(most(series(0.0, -0.0, 1.0), 0, 3)).isEqualTo(winner(0.0, 2, 3));
    }

    @Test
    void countsEqualAmountsOfDifferentScaleAsOne() {
        Series prices = series(new BigDecimal("9.50"), new BigDecimal("9.5"), new BigDecimal("1"));
        assertThat(most(prices, 0, 3)).isEqualTo(winner(9.5, 2, 3));
    }

    @Test
    void uncountsElementsThatLeaveRange() {
        Series series = series("a", "a", "b");
        assertThat(most(series, 0, 3)).isEqualTo(winner("a", 2, 3));
        assertThat(most(series, 2, 3)).isEqualTo(winner("b", 1, 1));
    }

    @Test
    void countsElementsThatEnterRangeAtFront() {
        Series series = series("a", "a", "b");
        assertThat(most(series, 2, 3)).isEqualTo(winner("b", 1, 1));
        assertThat(most(series, 0, 2)).isEqualTo(winner("a", 2, 2));
    }

    @Test
    void recountsDisjointRange() {
        Series series = series("a", "a", "b", "c");
        assertThat(most(series, 0, 2)).isEqualTo(winner("a", 2, 2));
        assertThat(most(series, 3, 4)).isEqualTo(winner("c", 1, 1));
    }

    @Test
    void uncountsDroppedElements() {
        tally.move(series("a", "a", "b"), 0, 3);
        tally.dropFront(series("a", "a", "b"), 2);
        assertThat(tally.to()).isEqualTo(1);
        assertThat(tally.leader().result(NONE)).isEqualTo(winner("b", 1, 1));
    }

    @Test
    void keepsCountsIfElementsBeforeRangeAreDropped() {
        tally.move(series("a", "b", "b"), 1, 3);
        tally.dropFront(series("a", "b", "b"), 1);
        assertThat(tally.to()).isEqualTo(2);
        assertThat(tally.leader().result(NONE)).isEqualTo(winner("b", 2, 2));
    }

    @Test
    void comparingFewElementsGivesSameResult() {
        Series series = series("b", "a", null, "b", "a", "c");
        for (int from = 0; from < 6; from++) {
            assertThat(Tally.leaderOfFew(series, from, 6).result(NONE)).isEqualTo(most(series, from, 6));
        }
    }
}
