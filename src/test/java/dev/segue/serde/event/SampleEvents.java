// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.Origin;
import dev.segue.event.RecordType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shipped schemas, and sample events. */
public final class SampleEvents {
    public static final EventSchemas SCHEMAS = read();

    private SampleEvents() {}

    public static EventType type(String name) {
        return SCHEMAS.vocabulary().get(name);
    }

    /** An event with every field set to a different value. */
    public static Event full(EventType type) {
        Fields fields = fill(type.record(), "é");
        Object[] values = values(fields);
        values[CommonFields.OCCURRED_AT] = Instant.parse("2025-11-01T10:00:00.123Z");
        return new Event(type, "ann", new Fields(type.record(), values));
    }

    /** An event with the required fields only. */
    static Event bare(EventType type) {
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e1";
        values[CommonFields.OCCURRED_AT] = Instant.parse("2025-11-01T10:00:00Z");
        if (type.name().equals(EventNames.PROFILE_UPDATED)) {
            values[type.record().slot(Origin.FIELD)] = Origin.STATED.word();
        }
        return new Event(type, "ann", new Fields(type.record(), values));
    }

    private static Object[] values(Fields fields) {
        Object[] values = new Object[fields.type().fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = fields.get(slot);
        }
        return values;
    }

    private static Fields fill(RecordType record, String salt) {
        Object[] values = new Object[record.fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            Field field = record.fields().get(slot);
            values[slot] = field.name().equals(Origin.FIELD)
                    ? Origin.PARTNER.word()
                    : fill(field.type(), salt + field.name(), slot);
        }
        return new Fields(record, values);
    }

    private static Object fill(FieldType type, String salt, int number) {
        if (type instanceof Scalar scalar) {
            return switch (scalar) {
                case BOOLEAN -> true;
                case INTEGER -> 7_000_000_000L + number;
                case DOUBLE -> 0.1 + number;
                case DECIMAL -> new BigDecimal("-12345678901234.0001").add(BigDecimal.valueOf(number));
                case STRING -> salt;
                case MIXED -> List.of(salt, 0.25 + number, number % 2 == 0).get(number % 3);
                case TIMESTAMP -> Instant.ofEpochMilli(1_700_000_000_001L + number);
                case DURATION -> throw new AssertionError("no field is a duration");
            };
        }
        if (type instanceof FieldType.Nested nested) {
            return fill(nested.record(), salt);
        }
        if (type instanceof FieldType.Listing list) {
            return List.of(fill(list.element(), salt + "a", number), fill(list.element(), salt + "b", number + 1));
        }
        FieldType value = ((FieldType.Mapping) type).value();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z" + salt, fill(value, salt + "1", number));
        map.put("a" + salt, fill(value, salt + "2", number + 1));
        return map;
    }

    private static EventSchemas read() {
        try {
            return EventSchemas.read(Path.of("schemas/events"));
        } catch (InvalidSchemas invalid) {
            throw new AssertionError(invalid);
        }
    }
}
