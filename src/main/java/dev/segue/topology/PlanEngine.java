// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;

/** Evaluates customers with the plan and encodes what is to be stored. Safe for several threads; a state is not. */
final class PlanEngine {
    /** Deadline of a customer that must be visited at once. */
    static final long AT_ONCE = Long.MIN_VALUE;

    private final Plan plan;
    private final int stateBytes;

    /** @param stateBytes limit for the stored state of one customer; see {@link dev.segue.config.LimitSettings} */
    PlanEngine(Plan plan, int stateBytes) {
        this.plan = plan;
        this.stateBytes = stateBytes;
    }

    /**
     * Returns the next instant at which time alone can change a result: {@link #AT_ONCE} if another plan wrote the
     * state, {@link DeadlineIndex#NEVER} if there is none. Reads only a few bytes.
     */
    long deadline(byte[] stored) {
        return deadline(StateCodec.fingerprint(stored), StateCodec.deadline(stored));
    }

    /** As {@link #deadline(byte[])}, of a decoded state. */
    long deadline(CustomerState state) {
        return deadline(state.clock().plan(), state.deadline());
    }

    private long deadline(long writtenBy, long deadline) {
        return writtenBy == plan.fingerprint() ? deadline : AT_ONCE;
    }

    /**
     * Advances the customer to the later of tick and event, then applies the event.
     *
     * @param tick the last tick, in milliseconds since the epoch; {@code Long.MIN_VALUE} if there was none
     * @param detectedAt the clock, in milliseconds since the epoch
     */
    Outcome apply(CustomerState state, Event event, long tick, long detectedAt) {
        Outcome outcome = outcome(state, plan.apply(state, event, tick, detectedAt));
        return outcome.storedBytes() > stateBytes ? cut(state, outcome, event, detectedAt) : outcome;
    }

    /** Shortens a state that no record could carry; otherwise one customer would block the partition. */
    private Outcome cut(CustomerState state, Outcome large, Event event, long detectedAt) {
        Outcome outcome = large;
        while (outcome.storedBytes() > stateBytes) {
            Effects after = plan.halve(state, StateCodec.largest(state), event, detectedAt, outcome.effects());
            if (after == null) {
                break;
            }
            outcome = outcome(state, after);
        }
        return outcome;
    }

    /** Advances the customer to a time. Both times are milliseconds since the epoch. */
    Outcome advance(CustomerState state, long to, long detectedAt) {
        return outcome(state, plan.advance(state, to, detectedAt));
    }

    private Outcome outcome(CustomerState state, Effects effects) {
        if (effects.outcome() == Effects.Outcome.ERASED) {
            // Due at once, so that the deadline index drops the id too.
            return new Outcome(effects, null, AT_ONCE, null);
        }
        return new Outcome(
                effects,
                effects.stateChanged() ? StateCodec.write(state) : null,
                state.deadline(),
                effects.changes().isEmpty() ? null : plan.profile(state));
    }
}
