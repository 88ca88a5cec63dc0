// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

/** The time of one task, which advances only by ticks. */
final class TaskClock {
    private final CustomerStore store;
    private long now;

    TaskClock(CustomerStore store) {
        this.store = store;
        this.now = store.lastTick();
    }

    /** The last tick, in milliseconds since the epoch; {@code Long.MIN_VALUE} if there was none. */
    long now() {
        return now;
    }

    boolean hasBegun() {
        return now != Long.MIN_VALUE;
    }

    /**
     * Ticks may repeat, or arrive late after the conductor has moved; time never goes back.
     *
     * @return whether it went on
     */
    boolean moveTo(long to) {
        boolean goesOn = to > now;
        if (goesOn) {
            now = to;
            store.lastTick(to);
        }
        return goesOn;
    }
}
