// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.RefusedIds;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsOfPersonTest {
    @Test
    void followsLinksInEitherDirectionAndThroughOthers() {
        List<Event> events = List.of(
                event("ann", "page_viewed", "anonymous_id", "d1"),
                event("anna", "page_viewed", "anonymous_id", "d2"),
                event("ann", "customers_merged", "other_id", "anna"),
                event("bob", "page_viewed", "anonymous_id", "d3"),
                event("eve", "page_viewed", "anonymous_id", "eve"),
                event("ann", "page_viewed", "anonymous_id", "undefined"),
                event("bob", "page_viewed", "anonymous_id", "undefined"));
        for (String id : List.of("ann", "anna", "d1", "d2")) {
            assertThat(find(events, id)).containsExactly("ann", "anna", "d1", "d2");
        }
        assertThat(find(events, "bob")).containsExactly("bob", "d3");
        assertThat(find(events, "eve")).containsExactly("eve");
        assertThat(find(events, "nobody")).containsExactly("nobody");
    }

    private static Set<String> find(List<Event> events, String id) {
        return IdsOfPerson.find(new EventsInMemory(events), id, RefusedIds.usual());
    }

    private static Event event(String customer, String type, String field, String value) {
        EventType known = SmallShop.VOCABULARY.get(type);
        Object[] slots = new Object[known.record().fields().size()];
        slots[known.record().slot("event_id")] = "e";
        slots[known.record().slot("occurred_at")] = Instant.EPOCH;
        slots[known.record().slot(field)] = value;
        return new Event(known, customer, new Fields(known.record(), slots));
    }
}
