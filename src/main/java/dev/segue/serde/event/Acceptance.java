package dev.segue.serde.event;

import dev.segue.config.LimitSettings;
import dev.segue.config.RefusedIds;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What an event must have besides its form, whichever way it comes: somebody who it is of, and a time at which there was a
 * shop. The same for the processor and for files.
 */
public final class Acceptance {
    private final RefusedIds refusedIds;
    private final long earliest;

    public Acceptance(LimitSettings limits) {
        this(limits.refusedIds(), limits.earliest().toEpochMilli());
    }

    private Acceptance(RefusedIds refusedIds, long earliest) {
        this.refusedIds = refusedIds;
        this.earliest = earliest;
    }

    /** What holds where no settings say otherwise. */
    public static Acceptance usual() {
        return new Acceptance(LimitSettings.defaults());
    }

    /** The same for events that may be older, or must be younger. */
    public Acceptance withEarliest(Instant value) {
        return new Acceptance(refusedIds, value.toEpochMilli());
    }

    /**
     * Takes events of somebody; an erasure of anybody, because what was once counted under a refused id can still be
     * erased.
     *
     * @throws BadRecord MISSING_CUSTOMER or IMPOSSIBLE_TIME
     */
    public void require(Event event) throws BadRecord {
        if (!event.type().name().equals(Plan.ERASURE)) {
            requireSomebody(event.customerId());
        }
        requireNotBefore(event.time());
    }

    /** @throws BadRecord MISSING_CUSTOMER where the id is one of those that stand for nobody */
    public void requireSomebody(String customerId) throws BadRecord {
        String complaint = refusedIds.complaint(customerId);
        if (complaint != null) {
            throw new BadRecord(Reason.MISSING_CUSTOMER, complaint);
        }
    }

    /**
     * @param time of the event, in milliseconds since the epoch; the earliest is taken
     * @throws BadRecord IMPOSSIBLE_TIME saying which unit the number looks like
     */
    public void requireNotBefore(long time) throws BadRecord {
        if (time < earliest) {
            throw new BadRecord(
                    Reason.IMPOSSIBLE_TIME,
                    "occurred_at is " + Instant.ofEpochMilli(time) + " (" + time
                            + " ms since 1970), before the earliest of " + Instant.ofEpochMilli(earliest)
                            + EpochUnit.hint(BigDecimal.valueOf(time)));
        }
    }
}
