// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.event.Shown;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the loosely typed values of one event into the values of its fields. */
public final class LooseValues {
    private int elements;

    /** Converts a value to the type of a field. */
    Object convert(FieldType type, Object value, String path) throws BadRecord {
        if (type instanceof Scalar scalar) {
            return scalar(scalar, value, path);
        }
        if (type instanceof FieldType.Nested nested) {
            return record(nested.record(), value, path);
        }
        if (type instanceof FieldType.Mapping mapping) {
            return map(mapping, value, path);
        }
        return list((FieldType.Listing) type, value, path);
    }

    /** The instant of {@code occurred_at}. */
    Instant occurredAt(Object value) throws BadRecord {
        try {
            return EventInstant.of(millis(value, "occurred_at"));
        } catch (BadRecord bad) {
            if (bad.reason() == Reason.IMPOSSIBLE_TIME) {
                throw EventInstant.impossible(Shown.value(value), EpochUnit.hint(value));
            }
            throw new BadRecord(Reason.IMPOSSIBLE_TIME, bad.getMessage() + EpochUnit.hint(value));
        }
    }

    private static Object scalar(Scalar type, Object value, String path) throws BadRecord {
        return switch (type) {
            case BOOLEAN -> {
                if (!(value instanceof Boolean)) {
                    throw wrong(path, "true or false", value);
                }
                yield value;
            }
            case STRING -> {
                if (!(value instanceof CharSequence)) {
                    throw wrong(path, "text", value);
                }
                yield value.toString();
            }
            case MIXED -> mixed(value, path);
            case INTEGER -> Numbers.wholeNumber(value, path);
            case DOUBLE -> Numbers.number(value, path);
            case DECIMAL -> Numbers.money(value, path);
            case TIMESTAMP -> EventInstant.ofField(millis(value, path), path);
            case DURATION ->
                throw new IllegalArgumentException("field " + path + " is a duration; events cannot hold durations");
        };
    }

    /** Text stays text, even if it reads as a number. */
    private static Object mixed(Object value, String path) throws BadRecord {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof Number number) {
            return Numbers.number(number, path);
        }
        throw wrong(path, "a text, a number, or true or false", value);
    }

    private static long millis(Object value, String path) throws BadRecord {
        try {
            if (value instanceof Instant instant) {
                return instant.toEpochMilli();
            }
            if (value instanceof CharSequence text) {
                return Instant.parse(text).toEpochMilli();
            }
            if (value instanceof Long || value instanceof Integer) {
                return ((Number) value).longValue();
            }
            if (value instanceof BigDecimal decimal) {
                return decimal.longValueExact();
            }
        } catch (DateTimeException | ArithmeticException notATime) {
            // Falls through to the common message for invalid times.
        }
        throw wrong(path, "a time such as 2025-11-01T10:00:00.000Z", value);
    }

    private Fields record(RecordType type, Object value, String path) throws BadRecord {
        Map<?, ?> values = requireMap(value, path, "a record (" + type.name() + ")");
        @Nullable Object[] slots = new Object[type.fields().size()];
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            String name = String.valueOf(entry.getKey());
            int slot = type.slot(name);
            if (slot < 0) {
                List<String> known = type.fields().stream().map(Field::name).toList();
                throw new BadRecord(
                        Reason.UNKNOWN_FIELD,
                        "unknown field " + Shown.value(name) + " of " + path + "." + Shown.didYouMean(name, known));
            }
            Object part = entry.getValue();
            if (part != null) {
                slots[slot] = convert(type.fields().get(slot).type(), part, path + "." + name);
            }
        }
        return new Fields(type, slots);
    }

    private Map<String, Object> map(FieldType.Mapping type, Object value, String path) throws BadRecord {
        Map<String, Object> converted = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : requireMap(value, path, "a map").entrySet()) {
            count(path);
            String name = String.valueOf(entry.getKey());
            if (entry.getValue() == null) {
                throw wrong(path + "." + Shown.value(name), type.value().describe(), null);
            }
            converted.put(name, convert(type.value(), entry.getValue(), path + "." + Shown.value(name)));
        }
        return converted;
    }

    private List<Object> list(FieldType.Listing type, Object value, String path) throws BadRecord {
        if (!(value instanceof Iterable<?> elementsOfValue)) {
            throw wrong(path, "a list", value);
        }
        List<Object> converted = new ArrayList<>();
        for (Object element : elementsOfValue) {
            count(path);
            String place = path + "[" + converted.size() + "]";
            if (element == null) {
                throw wrong(place, type.element().describe(), null);
            }
            converted.add(convert(type.element(), element, place));
        }
        return converted;
    }

    private void count(String path) throws BadRecord {
        if (++elements > EventLimits.ELEMENTS) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "the event has more than " + EventLimits.ELEMENTS + " elements in lists and maps, at " + path);
        }
    }

    private static Map<?, ?> requireMap(Object value, String path, String wanted) throws BadRecord {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(path, wanted, value);
        }
        return map;
    }

    public static BadRecord wrong(String path, String wanted, @Nullable Object value) {
        return new BadRecord(Reason.WRONG_TYPE, path + " is " + Shown.value(value) + "; it must be " + wanted);
    }
}
