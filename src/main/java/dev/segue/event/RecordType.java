// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A record's name and its fields in slot order. Two record types are equal if name and fields are equal. */
public final class RecordType {
    private final String name;
    private final List<Field> fields;
    private final Map<String, Integer> slots;
    private final int[] recordLists;

    /** @throws IllegalArgumentException if two fields have equal names */
    public RecordType(String name, List<Field> fields) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.slots = new HashMap<>();
        for (int slot = 0; slot < this.fields.size(); slot++) {
            String field = this.fields.get(slot).name();
            if (slots.put(field, slot) != null) {
                throw new IllegalArgumentException("field '" + field + "' is defined twice in " + name);
            }
        }
        this.recordLists = IntStream.range(0, this.fields.size())
                .filter(slot -> this.fields.get(slot).type() instanceof FieldType.Listing list
                        && list.element() instanceof FieldType.Nested)
                .toArray();
    }

    public String name() {
        return name;
    }

    public List<Field> fields() {
        return fields;
    }

    /** The slot of a field, or -1 if the record has no field of that name. */
    public int slot(String field) {
        Integer slot = slots.get(field);
        return slot == null ? -1 : slot;
    }

    /**
     * The slots of the lists of records, such as the products of an order. Looking at every field of every event would
     * take long, and most types have none. The array must not be changed.
     */
    public int[] recordLists() {
        return recordLists;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType that && name.equals(that.name) && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
