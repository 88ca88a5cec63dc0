// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;

/**
 * A steady load.
 *
 * @param eventsPerSecond so many; the n-th has its time whether the one before it got through or not
 * @param warmUp how long it lasts before it is measured: the JVM compiles
 * @param span how long it is measured
 */
record Pace(int eventsPerSecond, Duration warmUp, Duration span) {
    /** The load goes on for so long, so that the time of those that read it from the events goes on too. */
    private static final Duration TAIL = Duration.ofSeconds(1);

    /** One deadline comes due for so many events. */
    private static final int EVENTS_PER_DEADLINE = 20;

    private static final int LEAST_DEADLINES = 20;

    Duration length() {
        return warmUp.plus(span).plus(TAIL);
    }

    long events() {
        return length().toMillis() * eventsPerSecond / 1000;
    }

    /** When the event of this number is to be sent, in milliseconds after the first. */
    long offsetMillis(long number) {
        return number * 1000 / eventsPerSecond;
    }

    int deadlinesPerSecond() {
        return Math.max(LEAST_DEADLINES, eventsPerSecond / EVENTS_PER_DEADLINE);
    }

    @Override
    public String toString() {
        return "%d events/s for %d s, after %d s of warming up"
                .formatted(eventsPerSecond, span.toSeconds(), warmUp.toSeconds());
    }
}
