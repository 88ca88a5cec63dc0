// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.DefinitionSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Progress of one task. Written by its own thread only, read by any. */
final class TaskProgress {
    /** Limit, because counting all due customers would take as long as evaluating them. */
    static final int MOST_OVERDUE_COUNTED = 10_000;

    private final AtomicLong stateBytes = new AtomicLong();
    private final AtomicLong customers = new AtomicLong();
    private final FillProgress fill;
    private volatile long time;
    private volatile long drainBehind;
    private volatile int overdue;
    private volatile @Nullable DefinitionSet evaluated;

    /** @param time the task's time, in milliseconds since the epoch: the newest tick it has read, else the clock */
    TaskProgress(long time, FillProgress fill) {
        this.time = time;
        this.fill = fill;
    }

    void time(long tick) {
        time = tick;
    }

    /**
     * Records the progress of the drain.
     *
     * @param behind milliseconds between the earliest due deadline and the newest tick; 0 if none is due
     * @param due customers that are due and not yet evaluated, counted up to a limit
     */
    void drained(long behind, int due) {
        drainBehind = behind;
        overdue = due;
    }

    void addCustomers(int more) {
        customers.addAndGet(more);
    }

    long customers() {
        return customers.get();
    }

    /** The task evaluates this set. */
    void evaluates(DefinitionSet set) {
        evaluated = set;
    }

    /** Returns the set that the task evaluates; null before it is known. */
    @Nullable
    DefinitionSet evaluated() {
        return evaluated;
    }

    FillProgress fill() {
        return fill;
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
