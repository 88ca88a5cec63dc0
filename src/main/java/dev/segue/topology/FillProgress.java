// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import org.jspecify.annotations.Nullable;

/** How far one task has filled its definitions from the past. Written by its own thread only, read by any. */
final class FillProgress {
    private volatile Phase phase = Phase.NONE;
    private volatile @Nullable PastReader reader;

    /** What a task does for definitions that do not know their past. */
    enum Phase {
        NONE,
        READING,
        FAILING,
        UNITING
    }

    void begin(Phase next, PastReader reading) {
        reader = reading;
        phase = next;
    }

    void phase(Phase next) {
        phase = next;
    }

    void end() {
        phase = Phase.NONE;
        reader = null;
    }

    Phase phase() {
        return phase;
    }

    /** Returns which part of the past has been read, from 0 to 1. */
    double read() {
        PastReader known = reader;
        return known == null ? 1 : known.done();
    }
}
