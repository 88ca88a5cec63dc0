// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a trigger about one customer. All decisions that follow from one change of a segment for one trigger form an
 * activation, of which at most one is {@link Kind#SEND}.
 *
 * @param decisionId deterministic: replaying the log yields equal ids
 * @param activationId shared by the decisions of one activation; deterministic
 * @param triggerVersion version of the trigger that decided
 * @param segment the segment whose change began the activation
 * @param changeId that change
 * @param isFinal whether the activation has ended, so that nothing is sent after it
 * @param decidedAt the exact instant at which this became the answer
 * @param detectedAt the clock when Segue decided
 * @param startedAt when the change became true that began the activation
 * @param until when time alone changes the answer; null if it does not, or if the decision is final
 * @param expiresAt from when on nothing may be sent any more; null on GOAL and NO_GOAL
 * @param reason why, with figures, as a sentence
 * @param arm null before SEND and HELD_OUT
 * @param goal null unless a goal was reached
 * @param payload the data to send (see {@link Evidence} for the classes of values); empty unless SEND or HELD_OUT
 */
public record TriggerDecision(
        String decisionId,
        String activationId,
        String customerId,
        String trigger,
        String triggerVersion,
        String channel,
        String segment,
        String changeId,
        Kind kind,
        boolean isFinal,
        Instant decidedAt,
        Instant detectedAt,
        Instant startedAt,
        @Nullable Instant until,
        @Nullable Instant expiresAt,
        String reason,
        @Nullable Arm arm,
        @Nullable Goal goal,
        Map<String, Object> payload) {

    /** Returns the same decision without the data to send. */
    public TriggerDecision withoutPayload() {
        return new TriggerDecision(
                decisionId,
                activationId,
                customerId,
                trigger,
                triggerVersion,
                channel,
                segment,
                changeId,
                kind,
                isFinal,
                decidedAt,
                detectedAt,
                startedAt,
                until,
                expiresAt,
                reason,
                arm,
                goal,
                Map.of());
    }

    /** What was decided. */
    public enum Kind {
        /** What the trigger says is to be sent now. */
        SEND,
        /** It would be sent now, but the customer belongs to the control group. */
        HELD_OUT,
        /** The condition does not hold, or the first instant, or the customer's best hour, has not come. */
        WAITING,
        /** It is night where the customer is. */
        QUIET,
        NO_CONSENT,
        /** A trigger of higher priority is about to use the channel. */
        OUTRANKED,
        /** So much was sent already. */
        CAPPED,
        /** The reason to send is gone. */
        CANCELLED,
        EXPIRED,
        /** What the trigger is for happened in time after a SEND or HELD_OUT. */
        GOAL,
        /** It did not. */
        NO_GOAL
    }

    /** What a trigger's effect is measured by. */
    public enum Arm {
        TREATMENT,
        CONTROL,
        /** Two customers of different arms became one person, who says nothing about the effect any more. */
        MIXED
    }

    /**
     * What reached a goal.
     *
     * @param eventId the event
     * @param value what it is worth, in the unit of the event's field; null if it has none
     */
    public record Goal(String eventId, @Nullable Double value) {}
}
