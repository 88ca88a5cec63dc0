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

    /** Returns one field of a value that is a record. */
    default Object field(Frame frame, FieldValue field) {
        return field.value(frame);
    }

    /**
     * Returns whether an element that was just added to an aggregate has left the value as it was, and has not brought
     * {@link #stableUntil} nearer. The definition need not be evaluated then.
     *
     * @param aggregate the aggregate's id; nothing else has changed
     */
    default boolean staysAfter(Frame frame, int aggregate) {
        return false;
    }

    /** As {@link #staysAfter(Frame, int)}, for one field of a value that is a record. */
    default boolean staysAfter(Frame frame, int aggregate, String field) {
        return staysAfter(frame, aggregate);
    }

    /** Calls the action with the id of each aggregate on which the value depends. */
    void forEachAggregate(IntConsumer action);
}
