package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.plan.Effects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one look at a customer, ready to be stored and sent. */
final class Look {
    private final Effects effects;
    private final byte @Nullable [] state;
    private final long deadline;
    private final @Nullable CustomerProfile profile;

    /**
     * @param state what to store from now on; null where nothing changed
     * @param deadline the next one, or {@link DeadlineIndex#NEVER}
     * @param profile the customer after the last change; null exactly where there are no changes
     */
    Look(Effects effects, byte @Nullable [] state, long deadline, @Nullable CustomerProfile profile) {
        this.effects = effects;
        this.state = state;
        this.deadline = deadline;
        this.profile = profile;
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

    long deadline() {
        return deadline;
    }

    @Nullable
    CustomerProfile profile() {
        return profile;
    }
}
