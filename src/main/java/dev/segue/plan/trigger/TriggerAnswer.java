// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.trigger;

import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the question whether something is sent now.
 *
 * @param until when time alone changes the answer, in milliseconds since the epoch; {@link #ANY_TIME} if it does not
 * @param isFinal whether the activation ends
 * @param reason a sentence with figures
 * @param arm null before something is sent or held out
 */
public record TriggerAnswer(
        Kind kind,
        long until,
        boolean isFinal,
        String reason,
        @Nullable Arm arm) {
    /** No instant is known. */
    public static final long ANY_TIME = Long.MAX_VALUE;

    /** The activation goes on. */
    public static TriggerAnswer notYet(Kind kind, long until, String reason) {
        return new TriggerAnswer(kind, until, false, reason, null);
    }

    /** The activation ends without anything being sent. */
    public static TriggerAnswer never(Kind kind, String reason) {
        return new TriggerAnswer(kind, ANY_TIME, true, reason, null);
    }

    /** Something is sent, or held out; or what follows from it is known. */
    public static TriggerAnswer done(Kind kind, String reason, Arm arm) {
        return new TriggerAnswer(kind, ANY_TIME, true, reason, arm);
    }
}
