// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutTablesTest {
    private static final long POPULATION = 7;
    private static final int[] MEDIAN = {500};

    private final CutTables tables = new CutTables();

    /** Cuts of which the upper half begins at a bucket. */
    private static Cuts half(long at, @Nullable Integer from) {
        if (from == null) {
            return new Cuts(POPULATION, at, 3, null);
        }
        int[] lowest = new int[Cuts.HIGHEST + 1];
        Arrays.fill(lowest, 0, 500, ValueBuckets.NONE);
        Arrays.fill(lowest, 500, Cuts.HIGHEST + 1, from);
        return new Cuts(POPULATION, at, 100, lowest);
    }

    @Test
    void placeIsAmongThePercentilesAskedAbout() {
        Cuts cuts = half(1, 10);
        assertThat(cuts.place(9, MEDIAN)).isEqualTo(2);
        assertThat(cuts.place(10, MEDIAN)).isEqualTo(3);
        assertThat(cuts.place(10, new int[] {100, 500, 1000})).isEqualTo(5);
        assertThat(cuts.place(9, new int[] {499, 500, 501})).isEqualTo(3);
        assertThat(cuts.place(ValueBuckets.NONE, MEDIAN)).isEqualTo(Cuts.NOWHERE);
        assertThat(half(1, null).place(10, MEDIAN)).isEqualTo(Cuts.NOWHERE);
    }

    @Test
    void agreesOnlyWhereAsked() {
        assertThat(half(1, 10).agreesWith(half(2, 11), new int[] {499})).isTrue();
        assertThat(half(1, 10).agreesWith(half(2, 11), MEDIAN)).isFalse();
        assertThat(half(1, 10).agreesWith(half(2, null), new int[] {499})).isFalse();
        assertThat(half(1, null).agreesWith(half(2, null), MEDIAN)).isTrue();
    }

    @Test
    void cutsHoldFromTheirInstant() {
        assertThat(tables.at(POPULATION, 99)).isNull();
        assertThat(tables.add(half(100, 10))).isTrue();
        assertThat(tables.add(half(200, 20))).isTrue();
        assertThat(tables.at(POPULATION, 99)).isNull();
        assertThat(tables.at(POPULATION, 100)).isEqualTo(half(100, 10));
        assertThat(tables.at(POPULATION, 199)).isEqualTo(half(100, 10));
        assertThat(tables.latest(POPULATION)).isEqualTo(half(200, 20));
    }

    @Test
    void cutsThatComeTwiceAreIgnored() {
        assertThat(tables.add(half(100, 10))).isTrue();
        assertThat(tables.add(half(100, 20))).isFalse();
        assertThat(tables.add(half(99, 20))).isFalse();
        assertThat(tables.all()).containsExactly(half(100, 10));
    }

    @Test
    void movesAtTheFirstCutsWithAnotherPlace() {
        tables.add(half(100, 10));
        tables.add(half(200, 20));
        tables.add(half(300, 10));
        assertThat(tables.movesAt(POPULATION, 15, 3, MEDIAN, 150)).isEqualTo(200);
        assertThat(tables.movesAt(POPULATION, 15, 2, MEDIAN, 200)).isEqualTo(300);
        assertThat(tables.movesAt(POPULATION, 15, 3, MEDIAN, 300)).isEqualTo(Long.MAX_VALUE);
        assertThat(tables.movesAt(POPULATION, 25, 3, MEDIAN, 150)).isEqualTo(Long.MAX_VALUE);
    }

    /** Whoever was ahead of the cuts when they came is moved at once. */
    @Test
    void earlierCutsMoveNow() {
        tables.add(half(100, 10));
        assertThat(tables.movesAt(POPULATION, 15, 2, MEDIAN, 150)).isEqualTo(150);
    }

    @Test
    void forgetsWhatNobodyNeeds() {
        tables.add(half(100, 10));
        tables.add(half(200, 20));
        tables.add(half(300, 10));
        tables.forgetBefore(199);
        assertThat(tables.all()).hasSize(3);
        tables.forgetBefore(200);
        assertThat(tables.all()).extracting(Cuts::at).containsExactly(200L, 300L);
        tables.retain(population -> population != POPULATION);
        assertThat(tables.all()).isEmpty();
    }
}
