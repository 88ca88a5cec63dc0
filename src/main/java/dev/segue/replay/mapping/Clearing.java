// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.FieldType;
import dev.segue.replay.file.Absence;
import dev.segue.replay.file.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whether a row without a value for a profile field clears that field. */
enum Clearing {
    /** Never: for fields of other events, and for {@code empty: keep}. */
    NEVER,
    /** If the row marks the absence: JSON null, and for texts the empty JSON text. */
    WHERE_SAID,
    /** Whenever the value is missing: {@code empty: clear}. */
    WHEREVER_EMPTY;

    /** @param absence how the row marks the missing value */
    boolean clears(FieldType type, Absence absence) {
        return switch (this) {
            case NEVER -> false;
            case WHERE_SAID -> absence == Absence.NULL || (absence == Absence.EMPTY && type == FieldType.Scalar.STRING);
            case WHEREVER_EMPTY -> true;
        };
    }

    /**
     * For a map of texts, adds the empty text, which unsets a key, for every key without a value in the row.
     *
     * @param value of this type
     * @param raw the row's unconverted value
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
