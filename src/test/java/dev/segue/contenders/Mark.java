// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;

/**
 * A commit of a contender, and the cost until then.
 *
 * @param events committed so far
 * @param nanos time of {@link System#nanoTime}
 * @param cpu of the process, over all its threads
 * @param compiling the part of it that the JVM's compiler threads used
 */
record Mark(long events, long nanos, Duration cpu, Duration compiling) {
    /** Before the process starts. */
    static Mark start() {
        return new Mark(0, System.nanoTime(), Duration.ZERO, Duration.ZERO);
    }

    /** @param nanos time at which so many events were committed */
    static Mark of(Child child, long events, long nanos) {
        return new Mark(events, nanos, child.cpu(), child.compiling());
    }

    double eventsPerSecondUntil(Mark end) {
        return (end.events - events) / ((end.nanos - nanos) / 1e9);
    }

    /** Processor time per event. */
    double cpuMicrosUntil(Mark end) {
        return micros(end.cpu.minus(cpu)) / (end.events - events);
    }

    /** Processor time per event, without compiling. */
    double workMicrosUntil(Mark end) {
        return micros(end.cpu.minus(cpu).minus(end.compiling.minus(compiling))) / (end.events - events);
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }
}
