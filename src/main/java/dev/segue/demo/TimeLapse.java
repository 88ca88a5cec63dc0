// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * Computes how far the shop's time advances in each round: {@code speed} times the real time, but never beyond the real
 * clock, so that no record is ahead of the broker's clock. Once it has caught up, it runs at normal speed. A longer
 * round (a suspended machine, a busy processor) counts as {@link #LONGEST_ROUND}, so that the shop's time does not
 * jump.
 */
final class TimeLapse {
    static final Duration LONGEST_ROUND = Duration.ofSeconds(1);

    private final int speed;
    private Instant shopTime;
    private Instant wallTime;

    /** @param speed 1 to 1 000 000 */
    TimeLapse(int speed, Instant shopTime, Instant wallTime) {
        this.speed = speed;
        this.shopTime = earlier(shopTime, wallTime);
        this.wallTime = wallTime;
    }

    /** Returns the shop's time at the end of the current round; never before that of the last round. */
    Instant advance(Instant wallNow) {
        Duration round = Duration.between(wallTime, wallNow);
        if (round.isNegative()) {
            round = Duration.ZERO; // The wall clock was set back.
        }
        if (round.compareTo(LONGEST_ROUND) > 0) {
            round = LONGEST_ROUND;
        }
        Instant reached = earlier(shopTime.plus(round.multipliedBy(speed)), wallNow);
        shopTime = reached.isAfter(shopTime) ? reached : shopTime;
        wallTime = wallNow;
        return shopTime;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
