// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Converts Avro types to the language's types. */
public final class FieldTypes {
    /** Number of decimal places, as of {@link FieldType.Scalar#DECIMAL}. */
    public static final int SCALE = 4;

    private static final int PRECISION = 18;

    /** The branches of a union that is read as {@link Scalar#MIXED}. */
    private static final Set<Schema.Type> MIXED = Set.of(Schema.Type.STRING, Schema.Type.DOUBLE, Schema.Type.BOOLEAN);

    /** The records that enclose the current one, to detect a record that contains itself. */
    private final Set<String> open = new HashSet<>();

    /** The fields of a record, all of which must be optional. */
    List<Field> optionalFields(Schema schema, Set<String> except) throws Unreadable {
        if (!open.add(schema.getFullName())) {
            throw new Unreadable("record " + schema.getFullName() + " contains itself");
        }
        List<Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (!except.contains(field.name())) {
                requireOptional(field);
                fields.add(new Field(field.name(), of(field), field.doc() == null ? "" : field.doc()));
            }
        }
        open.remove(schema.getFullName());
        return fields;
    }

    /** The type of a field's set values. */
    FieldType of(Schema.Field field) throws Unreadable {
        try {
            return of(withoutNull(field.schema()));
        } catch (Unreadable problem) {
            throw new Unreadable("field '" + field.name() + "': " + problem.getMessage());
        }
    }

    /** The one type of an optional field; the schema itself if it is not a union. */
    static Schema withoutNull(Schema schema) throws Unreadable {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> set = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (set.size() != 1) {
            throw new Unreadable(
                    "a union of " + set.size() + " types; the language reads one type, or null and one type");
        }
        return set.get(0);
    }

    private static void requireOptional(Schema.Field field) throws Unreadable {
        boolean nullable = field.schema().isNullable();
        if (!nullable || !field.hasDefaultValue() || field.defaultVal() != JsonProperties.NULL_VALUE) {
            throw new Unreadable("field '" + field.name()
                    + "' must be optional, so that events without it can be read: [\"null\", ...] with default null");
        }
    }

    private FieldType of(Schema schema) throws Unreadable {
        return switch (schema.getType()) {
            case BOOLEAN -> Scalar.BOOLEAN;
            case INT -> integer(schema);
            case LONG -> isTimestamp(schema) ? Scalar.TIMESTAMP : integer(schema);
            case FLOAT, DOUBLE -> Scalar.DOUBLE;
            case STRING, ENUM -> Scalar.STRING;
            case BYTES -> decimal(schema);
            case ARRAY -> new FieldType.Listing(of(schema.getElementType()));
            case MAP ->
                new FieldType.Mapping(isMixed(schema.getValueType()) ? Scalar.MIXED : of(schema.getValueType()));
            case RECORD -> new FieldType.Nested(new RecordType(schema.getName(), optionalFields(schema, Set.of())));
            case FIXED, NULL -> throw unreadable(schema);
            case UNION ->
                throw new Unreadable(
                        schema.isNullable()
                                ? "a list or map of optional values; remove the null"
                                : "a union in a list or map; the language reads one type, and as the values of a map also"
                                        + " [\"string\", \"double\", \"boolean\"]");
        };
    }

    private static FieldType integer(Schema schema) throws Unreadable {
        if (schema.getLogicalType() != null) {
            throw unreadable(schema);
        }
        return Scalar.INTEGER;
    }

    private static FieldType decimal(Schema schema) throws Unreadable {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                && decimal.getScale() <= SCALE
                && decimal.getPrecision() <= PRECISION) {
            return Scalar.DECIMAL;
        }
        throw unreadable(schema);
    }

    /** Returns true if the values of a map are texts, numbers and flags. */
    private static boolean isMixed(Schema values) {
        return values.isUnion()
                && values.getTypes().size() == MIXED.size()
                && values.getTypes().stream().map(Schema::getType).allMatch(MIXED::contains);
    }

    /** Returns true if a long counts milliseconds or microseconds since the epoch. */
    static boolean isTimestamp(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.TimestampMicros;
    }

    private static Unreadable unreadable(Schema schema) {
        @Nullable LogicalType logical = schema.getLogicalType();
        String type = schema.getType().getName() + (logical == null ? "" : " with logical type " + logical.getName());
        return new Unreadable("the language cannot read " + type
                + "; it reads boolean, int, long, float, double, string, enum, decimal (at most 18 digits, 4 after the"
                + " point), timestamp-millis, timestamp-micros, array, map and record; the values of a map may also be [\"string\","
                + " \"double\", \"boolean\"]");
    }

    /** A schema that the language cannot read; the message gives the reason. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
