package dev.segue.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the shop's time goes in each round: {@code speed} times as far as ours, but never beyond ours, so that no
 * record is ahead of the broker's clock. Once it has caught up, it goes on as fast as ours. A round that took long (a
 * suspended machine, a busy processor) counts as {@link #LONGEST_ROUND}, so that the shop does not leap.
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

    /** The shop's time at the end of the round that ends now; never before the last one's. */
    Instant advance(Instant wallNow) {
        Duration round = Duration.between(wallTime, wallNow);
        if (round.isNegative()) {
            round = Duration.ZERO; // Somebody has set the wall clock back.
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
