// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The lists with one element a key: {@code by_product} and the like. */
final class KeyedStreams {
    /** The field that has the key, by the list's name. */
    static final Map<String, String> FIELDS = Map.of(
            "by_product", "product_id",
            "by_category", "category",
            "by_session", "session_id",
            "by_order", "order_id");

    private KeyedStreams() {}

    /** The type of a list's elements: the key, and each stream that has the field. */
    static StructType type(String name, Map<String, StructType> streams) {
        ImmutableMap.Builder<String, CelType> builder = ImmutableMap.builder();
        builder.put("key", SimpleType.STRING);
        streams.forEach((stream, type) -> type.findField(FIELDS.get(name))
                .filter(field -> field.type().equals(SimpleType.STRING))
                .ifPresent(field -> builder.put(stream, ListType.create(type))));
        ImmutableMap<String, CelType> fields = builder.buildOrThrow();
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** Every key of any stream, in order, with the elements of each stream that have it. */
    static List<Element> of(String name, StructType type, Function<String, List<Element>> streams) {
        SortedMap<String, Map<String, Object>> found = new TreeMap<>();
        for (String stream : type.fieldNames()) {
            if (!stream.equals("key")) {
                streams.apply(stream).forEach(element -> add(element, stream, FIELDS.get(name), found));
            }
        }
        return found.values().stream().map(values -> new Element(type, values)).toList();
    }

    @SuppressWarnings("unchecked") // Every other value than the key is a list of elements.
    private static void add(
            Element element, String stream, String field, SortedMap<String, Map<String, Object>> found) {
        String key = (String) element.select(field);
        if (!key.isEmpty()) {
            Map<String, Object> values = found.computeIfAbsent(key, first -> new TreeMap<>(Map.of("key", key)));
            ((List<Element>) values.computeIfAbsent(stream, first -> new ArrayList<Element>())).add(element);
        }
    }
}
