package dev.segue.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A record's name and its fields in slot order. Two record types are the same when name and fields are. */
public final class RecordType {
    private final String name;
    private final List<Field> fields;
    private final Map<String, Integer> slots;

    /** @throws IllegalArgumentException when two fields have the same name */
    public RecordType(String name, List<Field> fields) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.slots = new HashMap<>();
        for (int slot = 0; slot < this.fields.size(); slot++) {
            String field = this.fields.get(slot).name();
            if (slots.put(field, slot) != null) {
                throw new IllegalArgumentException("field '" + field + "' stands twice in " + name);
            }
        }
    }

    public String name() {
        return name;
    }

    public List<Field> fields() {
        return fields;
    }

    /** The slot of a field, or -1 where there is none of that name. */
    public int slot(String field) {
        Integer slot = slots.get(field);
        return slot == null ? -1 : slot;
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
