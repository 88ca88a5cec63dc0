// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.Moment;
import dev.segue.avro.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values of evidence, carry, traits and attributes from the Avro record that {@link RecordWriter} writes. */
final class AvroValues {
    private AvroValues() {}

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
