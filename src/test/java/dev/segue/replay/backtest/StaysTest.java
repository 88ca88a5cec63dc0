// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StaysTest {
    private static final double ERROR_PERCENT = 0.1;

    private static StayLengths of(List<Long> lengths) {
        Stays stays = new Stays();
        lengths.forEach(stays::add);
        return stays.lengths(0);
    }

    private static List<Long> random(int seed, int number) {
        Random random = new Random(seed);
        List<Long> lengths = new ArrayList<>();
        for (int stay = 0; stay < number; stay++) {
            // From a fraction of a second to thirty years, each magnitude as often as the others.
            lengths.add((long) Math.pow(10, 1 + 11 * random.nextDouble()));
        }
        return lengths;
    }

    @Test
    void hasNoLengthWithoutStays() {
        assertThat(new Stays().lengths(3)).isEqualTo(new StayLengths(0, 3, null, null));
    }

    @Test
    void keepsFourDigits() {
        assertThat(of(List.of(12_345_678L))).isEqualTo(new StayLengths(1, 0, 12_350_000L, 12_350_000L));
        assertThat(of(List.of(0L, 0L, 7L))).isEqualTo(new StayLengths(3, 0, 0L, 7L));
        assertThat(of(List.of(-5L)).median()).isZero();
    }

    @Test
    void findsTheMiddleAndNineOfTenOfManyLengths() {
        for (int seed = 0; seed < 20; seed++) {
            List<Long> lengths = random(seed, 10 + 997 * seed);
            List<Long> sorted = lengths.stream().sorted().toList();
            StayLengths found = of(lengths);
            assertThat(found.closed()).isEqualTo(lengths.size());
            assertThat(found.median())
                    .isCloseTo(sorted.get((sorted.size() + 1) / 2 - 1), withinPercentage(ERROR_PERCENT));
            assertThat(found.ninetyPercent())
                    .isCloseTo(sorted.get((9 * sorted.size() + 9) / 10 - 1), withinPercentage(ERROR_PERCENT));
        }
    }

    @Test
    void neitherOrderNorPartsMatter() {
        List<Long> lengths = random(1, 5000);
        Stays first = new Stays();
        Stays second = new Stays();
        lengths.subList(0, 1700).forEach(first::add);
        lengths.subList(1700, 5000).forEach(second::add);
        first.add(second);
        first.add(new Stays());
        List<Long> turned = new ArrayList<>(lengths);
        Collections.reverse(turned);
        assertThat(first.lengths(0)).isEqualTo(of(lengths)).isEqualTo(of(turned));
    }
}
