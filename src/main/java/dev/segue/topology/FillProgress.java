// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far one task has filled its definitions from the past. Written by its own thread and its reader, read by any. */
final class FillProgress {
    private final LongSupplier nanoTime;
    private final AtomicLong united = new AtomicLong();
    private volatile Phase phase = Phase.NONE;
    private volatile @Nullable PastReader reader;
    private volatile @Nullable String failure;
    private volatile long begun;
    private volatile long moved;

    /** @param nanoTime a clock for durations, in nanoseconds from any origin */
    FillProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What a task does for definitions that do not know their past. */
    enum Phase {
        NONE,
        /** For customers of other partitions only. */
        LENDING,
        READING,
        GATHERING,
        UNITING
    }

    /**
     * There are definitions that do not know the past.
     *
     * @param ownCustomers false if only those of other partitions need it
     */
    void begin(boolean ownCustomers) {
        reader = null;
        united.set(0);
        begun = nanoTime.getAsLong();
        moved = begun;
        phase = ownCustomers ? Phase.READING : Phase.LENDING;
    }

    /** The past is read from its beginning. */
    void reads(PastReader reading) {
        reader = reading;
    }

    private boolean isReading() {
        return phase == Phase.READING || phase == Phase.LENDING;
    }

    /** The past cannot be read at the moment. */
    void failed(String why) {
        failure = why;
    }

    /** Further events have been read. */
    void moved() {
        failure = null;
        moved = nanoTime.getAsLong();
    }

    /** Everything here has been read, and the past of ids in other partitions is still to come. */
    void gather() {
        phase = Phase.GATHERING;
        moved();
    }

    void unite() {
        phase = Phase.UNITING;
        moved();
    }

    /** One more customer has been united. */
    void united() {
        united.incrementAndGet();
        moved();
    }

    void end() {
        phase = Phase.NONE;
        reader = null;
        failure = null;
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    String failure() {
        return failure;
    }

    long customersUnited() {
        return united.get();
    }

    /** Returns how many offsets are left to read. */
    long eventsLeft() {
        PastReader known = reader;
        return known == null || !isReading() ? 0 : known.left();
    }

    /** Returns how many offsets have been read. */
    long eventsRead() {
        PastReader known = reader;
        return known == null ? 0 : known.done();
    }

    /**
     * Returns for how long nothing has been read or united, in nanoseconds; 0 while this waits for other partitions,
     * which report it themselves.
     */
    long stuck() {
        PastReader known = reader;
        boolean waits = phase == Phase.NONE || phase == Phase.GATHERING || (known != null && known.isQueued());
        return waits ? 0 : nanoTime.getAsLong() - moved;
    }

    /** Returns for how long the past has been read, in nanoseconds. */
    long elapsed() {
        return nanoTime.getAsLong() - begun;
    }
}
