// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.trigger;

import dev.segue.event.TriggerDecision;
import org.jspecify.annotations.Nullable;

/**
 * An activation that has not ended.
 *
 * @param version of the trigger that decided last
 * @param segment whose change began it
 * @param id the activation's id
 * @param changeId the change that began it
 * @param startedAt when that change became true, in milliseconds since the epoch
 * @param decision the latest decision; null before the first
 * @param until when time alone changes it, in milliseconds since the epoch; {@link TriggerAnswer#ANY_TIME} if it does not
 */
public record Pending(
        String trigger,
        String version,
        String channel,
        String segment,
        String id,
        String changeId,
        long startedAt,
        TriggerDecision.@Nullable Kind decision,
        long until) {

    /**
     * Returns it after a decision.
     *
     * @param by version of the trigger that decided
     */
    public Pending decided(String by, TriggerAnswer next) {
        return new Pending(trigger, by, channel, segment, id, changeId, startedAt, next.kind(), next.until());
    }

    /** Returns it for another channel. */
    public Pending through(String other) {
        return new Pending(trigger, version, other, segment, id, changeId, startedAt, decision, until);
    }

    /** Returns whether an answer is not the latest decision. */
    public boolean differs(TriggerAnswer next) {
        return next.isFinal() || next.kind() != decision || next.until() != until;
    }

    /**
     * Returns whether it is about to use its channel, so that triggers of lower priority wait for it: it waits for an instant
     * or for one of still higher priority, and for nothing else.
     */
    public boolean reservesChannel() {
        return decision == TriggerDecision.Kind.QUIET
                || decision == TriggerDecision.Kind.OUTRANKED
                || (decision == TriggerDecision.Kind.WAITING && until != TriggerAnswer.ANY_TIME);
    }
}
