// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.segue.serde.event.JsonLines;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An object's texts, numbers and flags by their path: {@code {"size": {"eu": 42}}} is {@code size.eu = 42}. A list of
 * texts, numbers and flags is a text, its JSON; other lists, and what exceeds a limit, are dropped and counted.
 */
public final class FlatJson {
    /** The most members that are kept of one object. */
    public static final int MOST_MEMBERS = 100;

    /** The longest path that is kept, in characters. */
    public static final int LONGEST_NAME = 100;

    /** The longest text that is kept, in characters. */
    public static final int LONGEST_TEXT = 1_000;

    private final JsonObject flat = new JsonObject();
    private int dropped;

    private FlatJson() {}

    /**
     * @param prefix of all paths, without its dot; empty for none
     * @param dropped takes the number of members that were dropped, if any
     */
    public static JsonObject of(JsonObject object, String prefix, IntConsumer dropped) {
        FlatJson flattening = new FlatJson();
        flattening.add(prefix.isEmpty() ? "" : prefix + ".", object);
        if (flattening.dropped > 0) {
            dropped.accept(flattening.dropped);
        }
        return flattening.flat;
    }

    private void add(String prefix, JsonObject object) {
        for (Map.Entry<String, Object> member : object.entrySet()) {
            String name = prefix + member.getKey();
            if (member.getValue() instanceof JsonObject nested) {
                add(name + ".", nested);
            } else {
                put(name, plain(member.getValue()));
            }
        }
        object.nulls().stream()
                .map(name -> prefix + name)
                .filter(name -> name.length() <= LONGEST_NAME)
                .forEach(flat::addNull);
    }

    private void put(String name, @Nullable Object value) {
        boolean tooLong = value instanceof String text && text.length() > LONGEST_TEXT;
        if (value == null || tooLong || name.length() > LONGEST_NAME || flat.size() >= MOST_MEMBERS) {
            dropped++;
        } else {
            flat.put(name, value);
        }
    }

    /** Null if the value is a list of objects or lists. */
    private static @Nullable Object plain(Object value) {
        if (!(value instanceof List<?> list)) {
            return value;
        }
        boolean scalars = list.stream().noneMatch(element -> element instanceof Map || element instanceof List);
        return scalars ? json(list) : null;
    }

    private static String json(List<?> list) {
        return JsonLines.write((JsonGenerator json) -> JsonLines.writeValue(json, list));
    }
}
