package dev.segue.demo;

import java.time.Instant;
import java.time.InstantSource;

/** The shop's time, as the processor's conductor sees it. It stands still until it is moved and never goes back. */
public final class ShopClock implements InstantSource {
    private volatile Instant now;

    ShopClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock; an earlier time than its own does nothing. Called by one thread only. */
    void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }
}
