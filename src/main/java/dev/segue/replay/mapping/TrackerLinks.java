// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events by which a tracker's message says that two ids are one customer, beside those of the mapping's rules. They
 * are keyed by the id that stays.
 */
public final class TrackerLinks {
    /** Keeps the id apart from that of the message's other events, which are of the same customer. */
    private static final String SUFFIX = ".link";

    private final EventBuilder events;
    private final boolean known;

    public TrackerLinks(Vocabulary vocabulary) {
        this.events = new EventBuilder(vocabulary);
        this.known = vocabulary.find(EventNames.CUSTOMER_IDENTIFIED) != null
                && vocabulary.find(EventNames.CUSTOMERS_MERGED) != null;
    }

    /**
     * The events of a message of this type; none if the vocabulary does not have them. SDKs take the visitor of the device
     * as the previous id of an {@code alias}: on a device that two customers share, merging would make them one for good. So
     * an alias links like a log-in, unless the sender is trusted with merges.
     *
     * @param mayMerge true if the sender is
     * @throws BadRecord if a value is not valid in such an event
     */
    public List<Event> of(String type, TrackerIds ids, String messageId, Instant time, boolean mayMerge)
            throws BadRecord {
        String user = ids.user();
        if (!known || user == null) {
            return List.of();
        }
        String other = type.equals("identify") ? ids.anonymous() : type.equals("alias") ? ids.previous() : null;
        if (other == null || other.equals(user)) {
            return List.of();
        }
        boolean merges = mayMerge && type.equals("alias");
        Map<String, Object> values = new LinkedHashMap<>();
        if (merges) {
            values.put("other_id", other);
            values.put("survivor", user);
        } else {
            values.put("anonymous_id", other);
        }
        values.put("type", merges ? EventNames.CUSTOMERS_MERGED : EventNames.CUSTOMER_IDENTIFIED);
        values.put("customer_id", user);
        values.put("event_id", messageId + SUFFIX);
        values.put("occurred_at", time);
        return List.of(events.build(values));
    }
}
