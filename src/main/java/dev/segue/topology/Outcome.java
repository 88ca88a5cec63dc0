// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.plan.Effects;
import dev.segue.plan.state.InputProblem;
import dev.segue.topology.due.DeadlineIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of evaluating one customer, ready to be stored and sent. */
final class Outcome {
    private final Effects effects;
    private final byte @Nullable [] state;
    private final long deadline;
    private final @Nullable CustomerProfile profile;
    private final Visits.Seen seen;

    /**
     * @param state the state to store; null if nothing changed or the customer was erased
     * @param deadline the next one, or {@link DeadlineIndex#NEVER}
     * @param profile the customer to publish; null if there is nothing to publish or the customer was erased
     */
    Outcome(Effects effects, byte @Nullable [] state, long deadline, @Nullable CustomerProfile profile) {
        this(effects, state, deadline, profile, Visits.Seen.NOTHING);
    }

    private Outcome(
            Effects effects,
            byte @Nullable [] state,
            long deadline,
            @Nullable CustomerProfile profile,
            Visits.Seen seen) {
        this.effects = effects;
        this.state = state;
        this.deadline = deadline;
        this.profile = profile;
        this.seen = seen;
    }

    Outcome with(Visits.Seen visits) {
        return new Outcome(effects, state, deadline, profile, visits);
    }

    Outcome withChanges(List<Change> changes) {
        return new Outcome(effects.withChanges(changes), state, deadline, profile, seen);
    }

    boolean isErasure() {
        return effects.outcome() == Effects.Outcome.ERASED;
    }

    Outcome with(InputProblem problem) {
        return new Outcome(effects.with(problem), state, deadline, profile, seen);
    }

    Outcome withProfile(CustomerProfile known) {
        return new Outcome(effects, state, deadline, known, seen);
    }

    /** True if all data of the customer must be deleted: erased, or gone on as another one. */
    boolean isGone() {
        return isErasure() || effects.outcome() == Effects.Outcome.LEFT;
    }

    Effects effects() {
        return effects;
    }

    List<Change> changes() {
        return effects.changes();
    }

    /** What happened to the customer's sessions. */
    Visits.Seen seen() {
        return seen;
    }

    byte @Nullable [] state() {
        return state;
    }

    /** 0 if nothing is to be stored. */
    int storedBytes() {
        return state == null ? 0 : state.length;
    }

    long deadline() {
        return deadline;
    }

    @Nullable
    CustomerProfile profile() {
        return profile;
    }
}
