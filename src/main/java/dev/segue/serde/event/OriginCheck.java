// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.EventNames;
import dev.segue.event.EventType;
import dev.segue.event.Nearest;
import dev.segue.event.Origin;
import dev.segue.event.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Accepts known origins only: data of an unknown origin would have no place in the order of precedence, and an erasure
 * could not find it.
 */
public final class OriginCheck {
    private OriginCheck() {}

    /**
     * Checks the origin of an event that has one, and sets that of a {@code profile_updated} that states none.
     *
     * @param slots the event's values, which this may change
     * @throws BadRecord WRONG_TYPE if the text is not an origin
     */
    public static void apply(EventType type, @Nullable Object[] slots) throws BadRecord {
        boolean updates = type.name().equals(EventNames.PROFILE_UPDATED);
        int slot = updates || type.name().equals(EventNames.CUSTOMER_ERASED)
                ? type.record().slot(Origin.FIELD)
                : -1;
        if (slot < 0) {
            return;
        }
        Object stated = slots[slot];
        if (stated == null && updates) {
            slots[slot] = Origin.STATED.word();
        } else if (stated != null && Origin.of(stated.toString()).isEmpty()) {
            throw new BadRecord(
                    Reason.WRONG_TYPE,
                    "origin is " + Shown.value(stated) + "; it must be one of " + String.join(", ", Origin.WORDS) + "."
                            + Nearest.hint(stated.toString(), Origin.WORDS));
        }
    }
}
