// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that say that two ids are one customer. They are keyed by the id that stays. */
final class IdentityEvents {
    static final String IDENTIFIED = "customer_identified";
    static final String MERGED = "customers_merged";

    /** Keeps the id apart from that of the message's other events, which are of the same customer. */
    private static final String SUFFIX = ".link";

    private final EventBuilder events;
    private final boolean known;

    IdentityEvents(Vocabulary vocabulary) {
        this.events = new EventBuilder(vocabulary);
        this.known = vocabulary.find(IDENTIFIED) != null && vocabulary.find(MERGED) != null;
    }

    /**
     * The events of a message of this type; none if the vocabulary does not have them. SDKs take the visitor of the device
     * as the previous id of an {@code alias}: on a device that two customers share, merging would make them one for good. So
     * an alias links like a log-in, unless the sender is trusted with merges.
     *
     * @param mayMerge true if the sender is
     */
    List<Event> of(String type, MessageIds ids, String messageId, Instant time, boolean mayMerge) throws BadRecord {
        List<Event> links = new ArrayList<>(1);
        String user = ids.user();
        String anonymous = ids.anonymous();
        String previous = ids.previous();
        if (!known || user == null) {
            return links;
        }
        if (type.equals("identify") && anonymous != null && !anonymous.equals(user)) {
            links.add(link(IDENTIFIED, user, messageId, time, Map.of("anonymous_id", anonymous)));
        }
        if (type.equals("alias") && previous != null && !previous.equals(user)) {
            links.add(
                    mayMerge
                            ? link(MERGED, user, messageId, time, Map.of("other_id", previous, "survivor", user))
                            : link(IDENTIFIED, user, messageId, time, Map.of("anonymous_id", previous)));
        }
        return links;
    }

    private Event link(String type, String key, String messageId, Instant time, Map<String, String> fields)
            throws BadRecord {
        Map<String, Object> values = new LinkedHashMap<>(fields);
        values.put("type", type);
        values.put("customer_id", key);
        values.put("event_id", messageId + SUFFIX);
        values.put("occurred_at", time);
        return events.build(values);
    }
}
