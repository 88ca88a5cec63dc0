// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.ProfileFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explicit null clears a profile field, or one key of a profile field that is a map. */
final class ExplicitNulls {
    private ExplicitNulls() {}

    /** The profile fields with an explicit null. */
    static List<String> cleared(EventType type, Map<String, ?> values) {
        List<String> cleared = new ArrayList<>();
        values.forEach((name, value) -> {
            if (value == null && ProfileFields.isClearable(type, name)) {
                cleared.add(name);
            }
        });
        return cleared;
    }

    /**
     * If the field is a map of texts or mixed values, replaces each null by the empty text, which unsets the key; returns other values
     * unchanged.
     */
    static Object inMap(EventType type, Field field, Object value) {
        boolean removable = field.type() instanceof FieldType.Mapping mapping
                && (mapping.value() == FieldType.Scalar.STRING || mapping.value() == FieldType.Scalar.MIXED)
                && ProfileFields.isClearable(type, field.name());
        if (!removable || !(value instanceof Map<?, ?> map) || !map.containsValue(null)) {
            return value;
        }
        Map<Object, @Nullable Object> filled = new LinkedHashMap<>(map);
        filled.replaceAll((key, text) -> text == null ? "" : text);
        return filled;
    }
}
