// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import java.time.Instant;
import java.time.InstantSource;

/** The shop's time, which the processor's conductor reads. It stands still until it is advanced and never goes back. */
public final class ShopClock implements InstantSource {
    private volatile Instant now;

    ShopClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Advances the clock; an earlier time has no effect. Called by one thread only. */
    void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }
}
