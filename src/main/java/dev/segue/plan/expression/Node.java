// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CustomerState;
import dev.segue.value.EvaluationException;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Values are Boolean, Long, Double, String, Instant, Duration, List, Map, {@link
 * dev.segue.event.Fields} or {@link dev.segue.event.Event}.
 */
public interface Node {
    /** @throws EvaluationException if the expression has no value */
    Object value(Frame frame);

    /** Returns the value of a condition. */
    default boolean test(Frame frame) {
        return (Boolean) value(frame);
    }

    /** A value that is always the same. */
    record Constant(Object constant) implements Node {
        @Override
        public Object value(Frame frame) {
            return constant;
        }
    }

    /** An entry of a map; {@link #value} fails if it is missing. */
    interface Entry extends Node {
        /** Returns the entry's value; null if it is missing. */
        @Nullable
        Object find(Frame frame);
    }

    /**
     * Returns the first instant after the frame's at which the value may change without an event; {@link
     * CustomerState#NEVER} if time alone cannot change it. An instant that is too early costs an evaluation; one that
     * is too late would be an error.
     */
    default long stableUntil(Frame frame) {
        return CustomerState.NEVER;
    }

    /** Returns the value that further elements cannot change; null if there is none. */
    default @Nullable Settled settled() {
        return null;
    }

    /** Returns whether further elements cannot change the value, which is the one of {@link #settled}, any more. */
    default boolean isSettled(Frame frame) {
        return true;
    }
}
