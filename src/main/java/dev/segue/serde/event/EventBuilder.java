// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.Fields;
import dev.segue.event.ProfileFields;
import dev.segue.event.RecordType;
import dev.segue.event.Shown;
import dev.segue.event.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds events from loosely typed values, as JSON lines and mappings produce them. Safe for several threads. */
public final class EventBuilder {
    static final String TYPE = "type";
    static final String CUSTOMER_ID = "customer_id";

    private final Vocabulary vocabulary;

    public EventBuilder(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Builds one event.
     *
     * @param values {@code type}, {@code customer_id} and the type's fields by name; a null leaves the field unset, and
     *     for a profile field adds its name to the fields that the event clears. A value may be a Boolean, a Number, a
     *     CharSequence, an Instant, a Map (for records and maps) or an Iterable (for lists). Numbers may be text, so that
     *     money never goes through binary floating point; times are text as ISO 8601 with an offset, or whole milliseconds
     *     since the epoch
     * @throws BadRecord if a value is invalid; the message names the field and the value
     */
    public Event build(Map<String, ?> values) throws BadRecord {
        EventType type = type(values.get(TYPE));
        String customer = customer(values.get(CUSTOMER_ID));
        requireKnown(type, values);
        LooseValues loose = new LooseValues();
        RecordType record = type.record();
        @Nullable Object[] slots = new Object[record.fields().size()];
        for (int slot = 0; slot < slots.length; slot++) {
            Field field = record.fields().get(slot);
            Object value = values.get(field.name());
            if (value != null) {
                slots[slot] = slot == CommonFields.OCCURRED_AT
                        ? loose.occurredAt(value)
                        : loose.convert(field.type(), ExplicitNulls.inMap(type, field, value), field.name());
            }
        }
        ProfileFields.clear(type, slots, ExplicitNulls.cleared(type, values));
        requireIds(slots);
        OriginCheck.apply(type, slots);
        return new Event(type, customer, new Fields(record, slots));
    }

    private EventType type(@Nullable Object name) throws BadRecord {
        if (!(name instanceof CharSequence text)) {
            throw new BadRecord(
                    Reason.UNKNOWN_EVENT_TYPE,
                    name == null ? "the event has no 'type'" : "type is " + Shown.value(name) + ", which is not text");
        }
        EventType type = vocabulary.find(text.toString());
        if (type == null) {
            List<String> known =
                    vocabulary.types().stream().map(EventType::name).toList();
            throw new BadRecord(
                    Reason.UNKNOWN_EVENT_TYPE,
                    "unknown event type " + Shown.value(text) + "." + Shown.didYouMean(text.toString(), known));
        }
        return type;
    }

    private static String customer(@Nullable Object id) throws BadRecord {
        if (id != null && !(id instanceof CharSequence)) {
            throw new BadRecord(
                    Reason.MISSING_CUSTOMER,
                    "customer_id is " + Shown.value(id) + ", which is not text; put it in quotes");
        }
        return requireCustomer(id == null ? null : id.toString());
    }

    /** @throws BadRecord MISSING_CUSTOMER if the id is null, blank or too long */
    static String requireCustomer(@Nullable String id) throws BadRecord {
        if (id == null || id.isBlank()) {
            throw new BadRecord(
                    Reason.MISSING_CUSTOMER,
                    id == null ? "the event has no customer_id" : "the event's customer_id is blank");
        }
        if (id.length() > EventLimits.ID) {
            throw new BadRecord(
                    Reason.MISSING_CUSTOMER,
                    "the event's customer_id has " + id.length() + " characters; at most " + EventLimits.ID
                            + " are allowed");
        }
        return id;
    }

    /** @throws BadRecord if event_id or occurred_at is missing, or the id too long */
    static void requireIds(@Nullable Object[] slots) throws BadRecord {
        if (!(slots[CommonFields.EVENT_ID] instanceof String id) || id.isBlank()) {
            throw new BadRecord(Reason.MISSING_EVENT_ID, "the event has no event_id");
        }
        if (id.length() > EventLimits.ID) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "event_id has " + id.length() + " characters; at most " + EventLimits.ID + " are allowed");
        }
        if (slots[CommonFields.OCCURRED_AT] == null) {
            throw new BadRecord(Reason.IMPOSSIBLE_TIME, "the event has no occurred_at");
        }
    }

    private static void requireKnown(EventType type, Map<String, ?> values) throws BadRecord {
        for (String name : values.keySet()) {
            if (type.record().slot(name) < 0 && !name.equals(TYPE) && !name.equals(CUSTOMER_ID)) {
                List<String> known = new ArrayList<>(List.of(TYPE, CUSTOMER_ID));
                type.record().fields().forEach(field -> known.add(field.name()));
                throw new BadRecord(
                        Reason.UNKNOWN_FIELD,
                        "unknown field " + Shown.value(name) + " of " + type + "." + Shown.didYouMean(name, known));
            }
        }
    }
}
