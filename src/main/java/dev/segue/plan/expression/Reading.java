// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import java.util.function.IntConsumer;

/** A node that reads stored state. The evidence of a change lists its readings. */
public interface Reading extends Node {
    /** Returns the value at the frame's instant, with the reading's text. */
    Evidence evidence(Frame frame);

    /** Returns whether a limit has dropped anything that the value needed. */
    default boolean approximate(Frame frame) {
        return evidence(frame).approximate();
    }

    /**
     * As {@link #stableUntil(Frame)}, for one field of a value that is a record. A field may be stable for longer than
     * the whole value.
     */
    default long stableUntil(Frame frame, String field) {
        return stableUntil(frame);
    }

    /** Calls the action with the id of each aggregate on which the value depends. */
    void forEachAggregate(IntConsumer action);
}
