// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns drafts into numbered events of the vocabulary. */
final class EventWriter {
    private final Vocabulary vocabulary;
    private final long seed;
    private long written;

    EventWriter(Vocabulary vocabulary, long seed) {
        this.vocabulary = vocabulary;
        this.seed = seed;
    }

    /** @throws IllegalArgumentException if the vocabulary lacks the type or a field */
    Event write(long time, Agenda.Draft draft) {
        EventType type = vocabulary.get(draft.type());
        Shopper shopper = draft.shopper();
        Map<String, Object> values = new HashMap<>(draft.fields());
        values.put("event_id", "demo-" + seed + "-" + ++written);
        values.put("occurred_at", Instant.ofEpochMilli(time));
        values.put("country", shopper.country());
        values.put("city", shopper.city());
        values.put("timezone", shopper.timezone());
        put(values, "channel", draft.channel());
        if (draft.session() != null) {
            values.put("session_id", draft.session());
            values.put("device", shopper.device());
        }
        return new Event(type, shopper.id(), record(type.record(), values));
    }

    private static void put(Map<String, Object> values, String field, @Nullable Object value) {
        if (value != null) {
            values.put(field, value);
        }
    }

    private static Fields record(RecordType type, Map<?, ?> values) {
        @Nullable Object[] slots = new Object[type.fields().size()];
        values.forEach((field, value) -> {
            int slot = type.slot((String) field);
            if (slot < 0) {
                throw new IllegalArgumentException(type.name() + " has no field '" + field + "'");
            }
            slots[slot] = value(type.fields().get(slot).type(), value);
        });
        return new Fields(type, slots);
    }

    private static Object value(FieldType type, Object value) {
        if (type instanceof FieldType.Nested nested) {
            return record(nested.record(), (Map<?, ?>) value);
        }
        if (type instanceof FieldType.Listing listing) {
            return ((List<?>) value)
                    .stream()
                            .map(element -> value(listing.element(), element))
                            .collect(Collectors.toUnmodifiableList());
        }
        return value;
    }
}
