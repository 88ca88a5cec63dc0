package dev.segue.serde;

import dev.segue.avro.Moment;
import dev.segue.avro.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of evidence, carry, traits and attributes to and from their Avro record. */
final class AvroValues {
    /** Lists and maps within each other; what is deeper becomes JSON text, as the schema says. */
    private static final int DEPTH = 2;

    private AvroValues() {}

    static Value toAvro(Object value) {
        return new Value(toAvro(value, 0));
    }

    static @Nullable Value toAvroOrNull(@Nullable Object value) {
        return value == null ? null : toAvro(value);
    }

    /** Keeps the order of the map. */
    static Map<String, Value> toAvro(Map<String, Object> values) {
        Map<String, Value> converted = new LinkedHashMap<>();
        values.forEach((name, value) -> converted.put(name, toAvro(value)));
        return converted;
    }

    static Object fromAvro(Value value) {
        return plain(value.getValue());
    }

    static @Nullable Object fromAvroOrNull(@Nullable Value value) {
        return value == null ? null : fromAvro(value);
    }

    static Map<String, Object> fromAvro(Map<String, Value> values) {
        Map<String, Object> converted = new LinkedHashMap<>();
        values.forEach((name, value) -> converted.put(name, fromAvro(value)));
        return converted;
    }

    private static Object toAvro(Object value, int depth) {
        if (value instanceof Instant instant) {
            return new Moment(instant);
        }
        if (value instanceof Boolean || value instanceof Long || value instanceof Double || value instanceof String) {
            return value;
        }
        if (!(value instanceof List<?> || value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " is no value of a change");
        }
        if (depth == DEPTH) {
            return JsonLines.write(json -> JsonLines.writeValue(json, value));
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            list.forEach(element -> converted.add(toAvro(element, depth + 1)));
            return converted;
        }
        Map<String, Object> converted = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, element) -> converted.put((String) name, toAvro(element, depth + 1)));
        return converted;
    }

    private static Object plain(Object value) {
        if (value instanceof Moment moment) {
            return moment.getAt();
        }
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            list.forEach(element -> converted.add(plain(element)));
            return converted;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> converted = new LinkedHashMap<>();
            map.forEach((name, element) -> converted.put((String) name, plain(element)));
            return converted;
        }
        return value;
    }
}
