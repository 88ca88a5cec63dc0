package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.plan.Effects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one look at a customer, ready to be stored and sent. */
final class Look {
    private final Effects.Outcome outcome;
    private final List<Change> changes;
    private final byte @Nullable [] state;
    private final long deadline;
    private final @Nullable CustomerProfile profile;

    /**
     * @param state what to store from now on; null where nothing changed
     * @param deadline the next one, or {@link DeadlineIndex#NEVER}
     * @param profile the customer after the last change; null exactly where there are no changes
     */
    Look(
            Effects.Outcome outcome,
            List<Change> changes,
            byte @Nullable [] state,
            long deadline,
            @Nullable CustomerProfile profile) {
        this.outcome = outcome;
        this.changes = changes;
        this.state = state;
        this.deadline = deadline;
        this.profile = profile;
    }

    Effects.Outcome outcome() {
        return outcome;
    }

    List<Change> changes() {
        return changes;
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
