package dev.segue.topology;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What one stream thread spends its time on: events, and the drains of its tasks. Belongs to that thread. */
final class ThreadTime {
    /**
     * So many times what its processor sees an event may want of the thread: polling, Streams' own bookkeeping, sending and
     * committing come to it. Chosen high, because too much only makes drains rest for longer, and too little takes time
     * away from events.
     */
    static final int EVENT_SHARE = 8;

    /** Events come in as long as the last one was no longer ago. */
    private static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private int tasks;
    private long claimed;
    private long lastEvent;

    /** @param nanoTime a clock for spans, in nanoseconds from any origin */
    ThreadTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastEvent = now() - LIVE_NANOS;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** How many tasks the thread works on. */
    int tasks() {
        return tasks;
    }

    void begin() {
        tasks++;
    }

    void end() {
        tasks--;
    }

    /** An event has been processed, of whichever task. */
    void event(long start, long end) {
        claimed += EVENT_SHARE * (end - start);
        lastEvent = end;
    }

    /** A task has drained. */
    void drain(long start, long end) {
        claimed += end - start;
    }

    boolean isLive(long now) {
        return now - lastEvent < LIVE_NANOS;
    }

    /**
     * How much time of the thread drains and events have claimed since it began, in nanoseconds: what passes beyond it has
     * been spent waiting for something to do.
     */
    long claimed() {
        return claimed;
    }
}
