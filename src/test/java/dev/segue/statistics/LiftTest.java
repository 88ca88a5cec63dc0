// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.statistics.Lift.Sample;
import org.junit.jupiter.api.Test;

class LiftTest {
    /** Newcombe 1998, table II, method 10: contrasts (a) and (b). */
    @Test
    void intervalsAreThePublishedOnes() {
        expect(new Sample(56, 70), new Sample(48, 80), 0.0524, 0.3339);
        expect(new Sample(9, 10), new Sample(3, 10), 0.1705, 0.8090);
    }

    private static void expect(Sample first, Sample second, double low, double high) {
        Lift lift = Lift.of(first, second);
        assertThat(lift.low()).isCloseTo(low, within(5e-5));
        assertThat(lift.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void swappedSamplesHaveTheOppositeLift() {
        Lift lift = Lift.of(new Sample(56, 70), new Sample(48, 80));
        Lift swapped = Lift.of(new Sample(48, 80), new Sample(56, 70));
        assertThat(swapped.difference()).isEqualTo(-lift.difference());
        assertThat(swapped.low()).isCloseTo(-lift.high(), within(1e-12));
        assertThat(swapped.high()).isCloseTo(-lift.low(), within(1e-12));
    }

    @Test
    void intervalStaysWithinMinusOneAndOne() {
        Lift lift = Lift.of(new Sample(100, 100), new Sample(0, 100));
        assertThat(lift.difference()).isEqualTo(1);
        assertThat(lift.high()).isCloseTo(1, within(1e-12));
        assertThat(lift.low()).isBetween(0.9, 1.0);
    }

    @Test
    void hundredTrialsEachAndFiveSuccessesTogetherAreEnough() {
        assertThat(Lift.isTooFew(new Sample(3, 100), new Sample(2, 100))).isFalse();
        assertThat(Lift.isTooFew(new Sample(3, 99), new Sample(2, 100))).isTrue();
        assertThat(Lift.isTooFew(new Sample(3, 100), new Sample(2, 99))).isTrue();
        assertThat(Lift.isTooFew(new Sample(2, 100), new Sample(2, 100))).isTrue();
    }
}
