// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.config.LimitSettings;
import dev.segue.config.RefusedIds;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Requirements for events beyond their form, equal for the processor and for files: a real customer id, and a time not
 * before the earliest allowed.
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

    /** The requirements without any settings. */
    public static Acceptance usual() {
        return new Acceptance(LimitSettings.defaults());
    }

    /** A copy with another earliest time. */
    public Acceptance withEarliest(Instant value) {
        return new Acceptance(refusedIds, value.toEpochMilli());
    }

    /** The ids that are nobody's. */
    public RefusedIds refusedIds() {
        return refusedIds;
    }

    /**
     * Checks customer and time. An erasure may have any id, because events that were once counted under a refused id
     * must remain erasable.
     *
     * @throws BadRecord MISSING_CUSTOMER or IMPOSSIBLE_TIME
     */
    public void require(Event event) throws BadRecord {
        if (!event.type().name().equals(EventNames.CUSTOMER_ERASED)) {
            requireRealCustomer(event.customerId());
        }
        requireNotBefore(event.time());
    }

    /** @throws BadRecord MISSING_CUSTOMER if the id is a placeholder */
    public void requireRealCustomer(String customerId) throws BadRecord {
        String complaint = refusedIds.complaint(customerId);
        if (complaint != null) {
            throw new BadRecord(Reason.MISSING_CUSTOMER, complaint);
        }
    }

    /**
     * @param time event time, in milliseconds since the epoch; the earliest time is accepted
     * @throws BadRecord IMPOSSIBLE_TIME; the message names the unit that the number is probably in
     */
    public void requireNotBefore(long time) throws BadRecord {
        if (!accepts(time)) {
            throw new BadRecord(
                    Reason.IMPOSSIBLE_TIME,
                    "occurred_at is " + Instant.ofEpochMilli(time) + " (" + time
                            + " ms since 1970), before the earliest allowed time, " + Instant.ofEpochMilli(earliest)
                            + EpochUnit.hint(BigDecimal.valueOf(time)));
        }
    }

    /** Returns true if {@link #requireNotBefore(long)} accepts this time. */
    public boolean accepts(long time) {
        return time >= earliest;
    }

    /**
     * As {@link #requireNotBefore(long)}, for a file that writes times in its own way.
     *
     * @param written the time as the file has it
     */
    public void requireNotBefore(long time, String written) throws BadRecord {
        if (!accepts(time)) {
            throw new BadRecord(
                    Reason.IMPOSSIBLE_TIME,
                    "'" + written + "' is read as " + Instant.ofEpochMilli(time)
                            + ", before the earliest allowed time, " + Instant.ofEpochMilli(earliest)
                            + EpochUnit.hint(written));
        }
    }
}
