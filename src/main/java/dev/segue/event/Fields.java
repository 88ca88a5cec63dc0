// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record, by slot. The array is not copied: the caller must not use it afterwards. A {@code null} is
 * an unset field.
 */
public final class Fields {
    private final RecordType type;
    private final @Nullable Object[] values;

    /** @throws IllegalArgumentException if the number of values differs from the number of fields */
    public Fields(RecordType type, @Nullable Object[] values) {
        if (values.length != type.fields().size()) {
            throw new IllegalArgumentException(
                    type.name() + " has " + type.fields().size() + " fields, not " + values.length);
        }
        this.type = type;
        this.values = values;
    }

    /** A record with every field unset. */
    public static Fields empty(RecordType type) {
        return new Fields(type, new Object[type.fields().size()]);
    }

    /**
     * The value that expressions read if a field of this type is unset: {@code ''}, {@code 0}, {@code false}, the
     * epoch, an empty list or map, a record with every field unset.
     */
    public static Object zero(FieldType type) {
        if (type instanceof FieldType.Scalar scalar) {
            return scalar.zero();
        }
        if (type instanceof FieldType.Nested nested) {
            return empty(nested.record());
        }
        return type instanceof FieldType.Listing ? List.of() : Map.of();
    }

    public RecordType type() {
        return type;
    }

    /** The value in a slot, or null if it is unset. */
    public @Nullable Object get(int slot) {
        return values[slot];
    }

    /** The value of a named field, or null if the field is unset or undefined. */
    public @Nullable Object get(String field) {
        int slot = type.slot(field);
        return slot < 0 ? null : values[slot];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that && type.equals(that.type) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.name()).append('{');
        String separator = "";
        for (int slot = 0; slot < values.length; slot++) {
            if (values[slot] != null) {
                text.append(separator)
                        .append(type.fields().get(slot).name())
                        .append('=')
                        .append(values[slot]);
                separator = ", ";
            }
        }
        return text.append('}').toString();
    }
}
