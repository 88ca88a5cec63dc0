package dev.segue.replay.mapping;

import dev.segue.event.FieldType;
import dev.segue.replay.file.Absence;
import dev.segue.replay.file.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a row without a value for a field of the profile clears that field. */
enum Clearing {
    /** Never: every field of other events, and {@code empty: keep}. */
    NEVER,
    /** Where the row says so itself: JSON's null, and for texts JSON's empty text. */
    WHERE_SAID,
    /** Whenever there is no value: {@code empty: clear}. */
    WHEREVER_EMPTY;

    /** @param absence of a value of this type, of which there is none */
    boolean clears(FieldType type, Absence absence) {
        return switch (this) {
            case NEVER -> false;
            case WHERE_SAID -> absence == Absence.NULL || (absence == Absence.EMPTY && type == FieldType.Scalar.STRING);
            case WHEREVER_EMPTY -> true;
        };
    }

    /**
     * The value with the empty text, which unsets a key, for every key of a map of texts that has none in the row.
     *
     * @param value of this type
     * @param raw what the row has
     */
    @Nullable
    Object withClearedKeys(FieldType type, @Nullable Object value, @Nullable Object raw) {
        boolean ofTexts = type instanceof FieldType.Mapping map && map.value() == FieldType.Scalar.STRING;
        if (this == NEVER || !ofTexts || !(value instanceof Map<?, ?> known) || !(raw instanceof Map<?, ?> members)) {
            return value;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        known.forEach((key, text) -> all.put(String.valueOf(key), text));
        members.keySet().forEach(key -> all.putIfAbsent(String.valueOf(key), ""));
        if (raw instanceof JsonObject object) {
            object.nulls().forEach(key -> all.putIfAbsent(key, ""));
        }
        return all;
    }
}
