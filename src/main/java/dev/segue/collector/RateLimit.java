// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.time.Duration;

/**
 * Lets through so many events per second, on average over ten seconds. A batch passes whole as long as anything is left,
 * so that a batch larger than the limit passes, too, and delays the next ones. Safe for several threads.
 */
final class RateLimit {
    private static final int BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double most;
    private double left;
    private long at;

    /** @param now the nanosecond clock that {@link #take} uses */
    RateLimit(int eventsPerSecond, long now) {
        this.perNano = eventsPerSecond / NANOS;
        this.most = (double) eventsPerSecond * BURST_SECONDS;
        this.left = most;
        this.at = now;
    }

    /** Zero if the events may pass, else how long to wait. */
    synchronized Duration take(int events, long now) {
        left = Math.min(most, left + (now - at) * perNano);
        at = now;
        if (left <= 0) {
            return Duration.ofNanos((long) Math.ceil((1 - left) / perNano));
        }
        left -= events;
        return Duration.ZERO;
    }
}
