package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.plan.Effects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one look at a customer, ready to be stored and sent. */
final class Outcome {
    private final Effects effects;
    private final byte @Nullable [] state;
    private final long deadline;
    private final @Nullable CustomerProfile profile;

    /**
     * @param state what to store from now on; null where nothing changed, and of an erased customer
     * @param deadline the next one, or {@link DeadlineIndex#NEVER}
     * @param profile the customer after the last change; null where there are no changes, and of an erased customer
     */
    Outcome(Effects effects, byte @Nullable [] state, long deadline, @Nullable CustomerProfile profile) {
        this.effects = effects;
        this.state = state;
        this.deadline = deadline;
        this.profile = profile;
    }

    /** Whether nothing of the customer must be kept. */
    boolean isErasure() {
        return effects.outcome() == Effects.Outcome.ERASED;
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

    /** 0 where nothing is to be stored. */
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
