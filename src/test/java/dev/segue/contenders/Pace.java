// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;

/**
 * A steady load.
 *
 * @param eventsPerSecond the rate; each event has its scheduled time, whether or not the one before it was processed
 * @param warmUp duration before the measurement, in which the JVM compiles
 * @param span duration of the measurement
 */
record Pace(int eventsPerSecond, Duration warmUp, Duration span) {
    /**
     * The load continues for this long after the measurement, so that contenders that derive time from events see time
     * advance.
     */
    private static final Duration TAIL = Duration.ofSeconds(1);

    /** One deadline comes due per this many events. */
    private static final int EVENTS_PER_DEADLINE = 20;

    private static final int LEAST_DEADLINES = 20;

    Duration length() {
        return warmUp.plus(span).plus(TAIL);
    }

    long events() {
        return length().toMillis() * eventsPerSecond / 1000;
    }

    /** The scheduled time of an event by its number, in milliseconds after the first. */
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
