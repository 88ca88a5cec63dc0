// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that says how well a trigger works: that it sent, or what came of it.
 *
 * @param arm the customer's when it was sent
 * @param sentAt when it was sent or, in the control group, would have been
 * @param measure what happened
 * @param value of a goal, in the unit of the event's field; null if it has none
 */
public record TriggerOutcome(
        String trigger,
        TriggerDecision.Arm arm,
        Instant sentAt,
        Measure measure,
        @Nullable Double value) {

    /** What happened. */
    public enum Measure {
        SENT,
        GOAL,
        /** The customer left a list that the channel writes to. */
        UNSUBSCRIBED,
        /** The customer called it spam. */
        COMPLAINED
    }
}
