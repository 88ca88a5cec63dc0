// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RhythmTest {
    private static Rhythm rhythm(double factor, long... times) {
        return Rhythm.of(times, factor);
    }

    @Test
    void twoElementsHaveNoRhythm() {
        assertThat(rhythm(1.5, 0, 1_000).dueAt()).isEqualTo(CustomerState.NEVER);
    }

    @Test
    void threeElementsHaveARhythm() {
        assertThat(rhythm(1.5, 0, 1_000, 2_000).dueAt()).isEqualTo(3_500);
    }

    @Test
    void isOverdueExactlyAtFactorTimesGap() {
        Rhythm rhythm = rhythm(1.5, 0, 1_000, 2_000);
        assertThat(rhythm.isOverdue(3_499)).isFalse();
        assertThat(rhythm.isOverdue(3_500)).isTrue();
    }

    @Test
    void medianOfOddNumberOfGapsIsMiddle() {
        assertThat(rhythm(1.0, 0, 100, 200, 10_200).dueAt()).isEqualTo(10_300);
    }

    @Test
    void medianOfEvenNumberOfGapsIsMeanOfMiddleTwo() {
        assertThat(rhythm(1.0, 0, 100, 400, 10_400, 10_401).dueAt())
                .as("gaps 1, 100, 300 and 10,000")
                .isEqualTo(10_601);
    }

    @Test
    void measuresFromLatestElement() {
        assertThat(rhythm(2.0, 5_000, 5_100, 5_200).dueAt()).isEqualTo(5_400);
    }

    @Test
    void elementsAtSameInstantAreOverdueAtOnce() {
        assertThat(rhythm(1.5, 7, 7, 7).isOverdue(7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void isNeverOverdueWithoutRhythm(long now) {
        assertThat(rhythm(1.5, 0, 1_000).isOverdue(now)).isFalse();
    }

    @Test
    void nextIsNeverAfterOverdue() {
        Rhythm rhythm = rhythm(1.5, 0, 1_000, 2_000);
        assertThat(rhythm.next(3_499)).isEqualTo(3_500);
        assertThat(rhythm.next(3_500)).isEqualTo(CustomerState.NEVER);
    }

    private static List<Timed> elements(long... times) {
        return Arrays.stream(times).mapToObj(time -> new Timed(time, "any")).toList();
    }

    @Test
    void isExactInDecimals() {
        // As doubles, 1.4 times a day is 120,959,999.99999999 ms.
        assertThat(rhythm(1.4, 0, 86_400_000, 172_800_000).dueAt()).isEqualTo(172_800_000 + 120_960_000);
        Random random = new Random(7);
        for (int run = 0; run < 10_000; run++) {
            double factor = random.nextInt(1, 5_000) / (random.nextBoolean() ? 10.0 : 1_000.0);
            long gap = random.nextLong(random.nextBoolean() ? 5_000 : 40_000_000_000L);
            BigDecimal wait = BigDecimal.valueOf(factor).multiply(BigDecimal.valueOf(gap));
            assertThat(rhythm(factor, 0, gap, 2 * gap).dueAt())
                    .as("%s times %d", factor, gap)
                    .isEqualTo(2 * gap + wait.setScale(0, RoundingMode.FLOOR).longValue());
        }
    }

    @Test
    void rhythmOfElementsUsesTheirTimes() {
        assertThat(Rhythm.of(elements(0, 1_000, 2_000), 1.5)).isEqualTo(new Rhythm(3_500));
        assertThat(Rhythm.of(elements(0, 1_000), 1.5)).isEqualTo(new Rhythm(CustomerState.NEVER));
    }
}
