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
    /** @throws EvaluationException where the expression has no value here */
    Object value(Frame frame);

    /** The value of a condition. */
    default boolean test(Frame frame) {
        return (Boolean) value(frame);
    }

    /**
     * The first instant after the frame's at which the value may be another without any event; {@link
     * CustomerState#NEVER} where time alone cannot change it. An instant too early costs a look; one too late would be
     * an error.
     */
    default long stableUntil(Frame frame) {
        return CustomerState.NEVER;
    }

    /** The value that further elements cannot change; null where there is none such. */
    default @Nullable Settled settled() {
        return null;
    }
}
