// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how one stream thread divides its time between events and the drains of its tasks. Belongs to that thread.
 */
public final class ThreadTime {
    /**
     * How many times the measured processing time an event is assumed to cost the thread: polling, Streams' own
     * bookkeeping, sending and committing come on top. Deliberately high: too high only makes drains rest for longer,
     * too low takes time away from events.
     */
    public static final int EVENT_SHARE = 8;

    /** The thread is under load if its last event is no older than this. */
    private static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private int tasks;
    private long claimed;
    private long lastEvent;

    /** @param nanoTime a clock for durations, in nanoseconds from any origin */
    public ThreadTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastEvent = now() - LIVE_NANOS;
    }

    public long now() {
        return nanoTime.getAsLong();
    }

    /** The number of tasks that the thread runs. */
    public int tasks() {
        return tasks;
    }

    public void begin() {
        tasks++;
    }

    public void end() {
        tasks--;
    }

    /** Records the processing of an event, of any task. */
    public void event(long start, long end) {
        claimed += EVENT_SHARE * (end - start);
        lastEvent = end;
    }

    /** Records a pass of a drain. */
    public void drain(long start, long end) {
        claimed += end - start;
    }

    public boolean isLive(long now) {
        return now - lastEvent < LIVE_NANOS;
    }

    /** Estimated time of the thread that events and drains have used, in nanoseconds. The rest was idle. */
    public long claimed() {
        return claimed;
    }
}
