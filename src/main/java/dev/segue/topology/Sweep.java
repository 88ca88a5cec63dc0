// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.topology.due.DeadlineIndex;
import dev.segue.topology.due.ThreadTime;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Arms the deadline of every customer of one task after a change of definitions, a few at a time, so that no event waits
 * for it.
 */
final class Sweep {
    /** Reading these takes a few milliseconds, and the store does not begin to read for less than that. */
    private static final int SLICE = 500;

    private final CustomerStore store;
    private final DeadlineIndex deadlines;
    private final Evaluator evaluator;
    private final ThreadTime time;
    private final BiConsumer<byte[], byte[]> stored;

    /** Under load, the next slice is read no sooner than this. */
    private long restUntil;

    private byte @Nullable [] last;
    private boolean going;

    /** @param stored receives every customer's id and state */
    Sweep(
            CustomerStore store,
            DeadlineIndex deadlines,
            Evaluator evaluator,
            ThreadTime time,
            BiConsumer<byte[], byte[]> stored) {
        this.store = store;
        this.deadlines = deadlines;
        this.evaluator = evaluator;
        this.time = time;
        this.stored = stored;
        this.restUntil = time.now();
    }

    /** Begins with the first customer. */
    void begin() {
        last = null;
        going = true;
    }

    boolean isGoing() {
        return going;
    }

    /**
     * Arms the next few customers. Under load, the sweeps of all tasks of a thread together take at most a quarter of its
     * time: drains, which visit these customers, may take half.
     */
    void goOn() {
        long start = time.now();
        if (!going || (time.isLive(start) && start - restUntil < 0)) {
            return;
        }
        last = store.scan(last, SLICE, (customer, state) -> {
            stored.accept(customer, state);
            deadlines.arm(customer, evaluator.deadline(state));
        });
        going = last != null;
        long end = time.now();
        restUntil = end + (end - start) * (4L * time.tasks() - 1);
    }
}
