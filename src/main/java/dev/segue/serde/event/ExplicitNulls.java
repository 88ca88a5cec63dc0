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

/** A null that is written out removes what is known of a profile's field, or of a key of one that is a map. */
final class ExplicitNulls {
    private ExplicitNulls() {}

    /** The fields of a profile for which the values have a key and a null. */
    static List<String> cleared(EventType type, Map<String, ?> values) {
        List<String> cleared = new ArrayList<>();
        values.forEach((name, value) -> {
            if (value == null && ProfileFields.isClearable(type, name)) {
                cleared.add(name);
            }
        });
        return cleared;
    }

    /** A map of texts with the empty text, which unsets a key, for every null; every other value as it is. */
    static Object inMap(EventType type, Field field, Object value) {
        boolean ofTexts = field.type() instanceof FieldType.Mapping mapping
                && mapping.value() == FieldType.Scalar.STRING
                && ProfileFields.isClearable(type, field.name());
        if (!ofTexts || !(value instanceof Map<?, ?> map) || !map.containsValue(null)) {
            return value;
        }
        Map<Object, @Nullable Object> filled = new LinkedHashMap<>(map);
        filled.replaceAll((key, text) -> text == null ? "" : text);
        return filled;
    }
}
