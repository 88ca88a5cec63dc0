// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import java.util.function.IntConsumer;

/** A node that asks what is remembered of a stream: what the evidence of a change lists. */
public interface Reading extends Node {
    /** The value at the frame's instant, with the text of what was asked. */
    Evidence evidence(Frame frame);

    /** Whether a limit has dropped anything that the value needed. */
    default boolean approximate(Frame frame) {
        return evidence(frame).approximate();
    }

    /** Names the aggregates that the value depends on. */
    void forEachAggregate(IntConsumer action);
}
