// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets only some wrong tokens be tried within a minute, so that nobody finds one by trying. Safe for several threads. */
final class AttemptLimit {
    private static final int MOST = 20;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private long began;
    private int failures;

    /** @param nanos a clock in nanoseconds */
    AttemptLimit(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    synchronized boolean mayTry() {
        if (nanos.getAsLong() - began >= MINUTE) {
            began = nanos.getAsLong();
            failures = 0;
        }
        return failures < MOST;
    }

    synchronized void failed() {
        failures++;
    }
}
