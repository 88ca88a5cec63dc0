// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.demo.ShopEvents;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The shop's events as if they happened now: with new dates, and with ids that contain their time. */
final class PacedEvents {
    private static final String PREFIX = "paced-";

    private final ShopEvents shop;
    private long number;

    PacedEvents(ShopEvents shop) {
        this.shop = shop;
    }

    Event next(long time) {
        Event event = shop.next();
        RecordType record = event.fields().type();
        @Nullable Object[] values = new Object[record.fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = event.fields().get(slot);
        }
        number++;
        values[CommonFields.EVENT_ID] = PREFIX + time + "-" + number;
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(time);
        return new Event(event.type(), event.customerId(), new Fields(record, values));
    }

    /**
     * The scheduled time of the event behind a change, in milliseconds since the epoch; before 1970 if it was none of
     * these. Segue's changes take effect at the last tick if that is later than the event, so the event's id must
     * provide the time.
     */
    static long time(Arrival arrival) {
        String id = arrival.eventId();
        if (id == null) {
            return arrival.change().effectiveAt();
        }
        return id.startsWith(PREFIX) ? Long.parseLong(id.substring(PREFIX.length(), id.lastIndexOf('-'))) : -1;
    }
}
