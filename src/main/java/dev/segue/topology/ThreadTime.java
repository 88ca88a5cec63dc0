// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how one stream thread divides its time between events and the drains of its tasks. Belongs to that thread.
 */
final class ThreadTime {
    /**
     * How many times the measured processing time an event is assumed to cost the thread: polling, Streams' own
     * bookkeeping, sending and committing come on top. Deliberately high: too high only makes drains rest for longer,
     * too low takes time away from events.
     */
    static final int EVENT_SHARE = 8;

    /** The thread is under load if its last event is no older than this. */
    private static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private int tasks;
    private long claimed;
    private long lastEvent;

    /** @param nanoTime a clock for durations, in nanoseconds from any origin */
    ThreadTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastEvent = now() - LIVE_NANOS;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** The number of tasks that the thread runs. */
    int tasks() {
        return tasks;
    }

    void begin() {
        tasks++;
    }

    void end() {
        tasks--;
    }

    /** Records the processing of an event, of any task. */
    void event(long start, long end) {
        claimed += EVENT_SHARE * (end - start);
        lastEvent = end;
    }

    /** Records a pass of a drain. */
    void drain(long start, long end) {
        claimed += end - start;
    }

    boolean isLive(long now) {
        return now - lastEvent < LIVE_NANOS;
    }

    /** Estimated time of the thread that events and drains have used, in nanoseconds. The rest was idle. */
    long claimed() {
        return claimed;
    }
}
