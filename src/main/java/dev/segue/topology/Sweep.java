// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import org.jspecify.annotations.Nullable;

/**
 * Arms the deadline of every customer of one task after a change of definitions, a few at a time, so that no event waits
 * for it.
 */
final class Sweep {
    /** Reading these takes a few milliseconds. */
    private static final int SLICE = 2_000;

    private final CustomerStore store;
    private final DeadlineIndex deadlines;
    private final Evaluator evaluator;
    private byte @Nullable [] last;
    private boolean going;

    Sweep(CustomerStore store, DeadlineIndex deadlines, Evaluator evaluator) {
        this.store = store;
        this.deadlines = deadlines;
        this.evaluator = evaluator;
    }

    /** Begins with the first customer. */
    void begin() {
        last = null;
        going = true;
    }

    boolean isGoing() {
        return going;
    }

    /** Arms the next few customers. */
    void goOn() {
        if (going) {
            last = store.scan(last, SLICE, (customer, state) -> deadlines.arm(customer, evaluator.deadline(state)));
            going = last != null;
        }
    }
}
