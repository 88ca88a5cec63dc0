package dev.segue.topology;

import java.util.concurrent.atomic.AtomicLong;

/** How far one task has come. Written by its own thread only, read by any. */
final class TaskProgress {
    /** Counting all who are due would take as long as looking at them. */
    static final int MOST_OVERDUE_COUNTED = 10_000;

    private final AtomicLong stateBytes = new AtomicLong();
    private volatile long time;
    private volatile long drainBehind;
    private volatile int overdue;

    /** @param time where the task stands, in milliseconds since the epoch: the newest tick it has seen, else the clock */
    TaskProgress(long time) {
        this.time = time;
    }

    void time(long tick) {
        time = tick;
    }

    /**
     * How far the drain has come.
     *
     * @param behind milliseconds between the earliest deadline that has come and the newest tick; 0 where none is due
     * @param due customers that are due and were not looked at yet, counted up to a bound
     */
    void drained(long behind, int due) {
        drainBehind = behind;
        overdue = due;
    }

    void addStateBytes(long more) {
        stateBytes.addAndGet(more);
    }

    long time() {
        return time;
    }

    long drainBehind() {
        return drainBehind;
    }

    int overdue() {
        return overdue;
    }

    long stateBytes() {
        return stateBytes.get();
    }
}
