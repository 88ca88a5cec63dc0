// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeLapseTest {
    private static final Instant WALL = Instant.parse("2026-03-30T12:00:00Z");
    private static final Instant SHOP = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration TENTH = Duration.ofMillis(100);

    @Test
    void advancesSpeedTimesWallClock() {
        TimeLapse lapse = new TimeLapse(600, SHOP, WALL);
        assertThat(lapse.advance(WALL.plus(TENTH))).isEqualTo(SHOP.plusSeconds(60));
        assertThat(lapse.advance(WALL.plus(TENTH).plus(TENTH))).isEqualTo(SHOP.plusSeconds(120));
    }

    @Test
    void runsAtNormalSpeedExactlyAtWallClock() {
        TimeLapse lapse = new TimeLapse(11, WALL.minusSeconds(1), WALL);
        assertThat(lapse.advance(WALL.plus(TENTH))).isEqualTo(WALL.plus(TENTH));
        assertThat(lapse.advance(WALL.plusMillis(200))).isEqualTo(WALL.plusMillis(200));
    }

    @Test
    void isStillFasterOneMillisecondBefore() {
        TimeLapse lapse = new TimeLapse(11, WALL.minusMillis(1001), WALL);
        assertThat(lapse.advance(WALL.plus(TENTH))).isEqualTo(WALL.plusMillis(99));
    }

    @Test
    void neverStartsAheadOfWallClock() {
        TimeLapse lapse = new TimeLapse(600, WALL.plusSeconds(5), WALL);
        assertThat(lapse.advance(WALL.plus(TENTH))).isEqualTo(WALL.plus(TENTH));
    }

    @Test
    void doesNotJumpAfterLongRound() {
        TimeLapse lapse = new TimeLapse(600, SHOP, WALL);
        assertThat(lapse.advance(WALL.plusSeconds(3600))).isEqualTo(SHOP.plusSeconds(600));
    }

    @Test
    void standsStillWhenWallClockIsSetBack() {
        TimeLapse lapse = new TimeLapse(600, SHOP, WALL);
        assertThat(lapse.advance(WALL.minusSeconds(60))).isEqualTo(SHOP);
        assertThat(lapse.advance(WALL.minusSeconds(60).plus(TENTH))).isEqualTo(SHOP.plusSeconds(60));
    }
}
