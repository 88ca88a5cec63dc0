// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.plan.Effects;
import dev.segue.plan.state.InputProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of evaluating one customer, ready to be stored and sent. */
final class Outcome {
    private final Effects effects;
    private final byte @Nullable [] state;
    private final long deadline;
    private final @Nullable CustomerProfile profile;

    /**
     * @param state the state to store; null if nothing changed or the customer was erased
     * @param deadline the next one, or {@link DeadlineIndex#NEVER}
     * @param profile the customer after the last change; null if there are no changes or the customer was erased
     */
    Outcome(Effects effects, byte @Nullable [] state, long deadline, @Nullable CustomerProfile profile) {
        this.effects = effects;
        this.state = state;
        this.deadline = deadline;
        this.profile = profile;
    }

    Outcome withChanges(List<Change> changes) {
        return new Outcome(effects.withChanges(changes), state, deadline, profile);
    }

    boolean isErasure() {
        return effects.outcome() == Effects.Outcome.ERASED;
    }

    Outcome with(InputProblem problem) {
        return new Outcome(effects.with(problem), state, deadline, profile);
    }

    Outcome withProfile(CustomerProfile known) {
        return new Outcome(effects, state, deadline, known);
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
