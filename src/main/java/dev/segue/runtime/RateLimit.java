// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import java.time.Duration;

/**
 * Lets through so many things per second on average, and after a pause more at once. A batch passes whole as long as
 * anything is left, so that a batch larger than the limit passes, too, and delays the next ones. Safe for several
 * threads.
 */
public final class RateLimit {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double most;
    private double left;
    private long at;

    /**
     * @param perSecond on average; more than 0
     * @param burst the most at once, after a pause; at least 1
     * @param now the nanosecond clock that {@link #take} uses
     */
    public RateLimit(double perSecond, double burst, long now) {
        this.perNano = perSecond / NANOS;
        this.most = burst;
        this.left = most;
        this.at = now;
    }

    /** Zero if so many may pass, else how long to wait. */
    public synchronized Duration take(int count, long now) {
        left = Math.min(most, left + (now - at) * perNano);
        at = now;
        if (left <= 0) {
            return Duration.ofNanos((long) Math.ceil((1 - left) / perNano));
        }
        left -= count;
        return Duration.ZERO;
    }
}
