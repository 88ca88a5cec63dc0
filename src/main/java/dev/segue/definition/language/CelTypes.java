// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates between field types and CEL types, and provides record types to CEL. */
final class CelTypes {
    private final Map<String, StructType> structs = new LinkedHashMap<>();
    private final Map<String, RecordType> records = new LinkedHashMap<>();

    /** Declares a record under its name, or under {@code owner_name} if another record already has that name. */
    StructType declare(RecordType record, String owner) {
        RecordType known = records.get(record.name());
        String name = known == null || known.equals(record) ? record.name() : owner + "_" + record.name();
        StructType struct = structs.get(name);
        if (struct == null) {
            ImmutableMap.Builder<String, CelType> builder = ImmutableMap.builder();
            for (Field field : record.fields()) {
                builder.put(field.name(), toCel(field.type(), name));
            }
            ImmutableMap<String, CelType> fields = builder.buildOrThrow();
            struct = StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
            structs.put(name, struct);
            records.put(name, record);
        }
        return struct;
    }

    /** Returns the CEL type of a field; the language reads decimals as doubles. */
    CelType toCel(FieldType type, String owner) {
        if (type instanceof FieldType.Nested nested) {
            return declare(nested.record(), owner);
        }
        if (type instanceof FieldType.Listing listing) {
            return ListType.create(toCel(listing.element(), owner));
        }
        if (type instanceof FieldType.Mapping mapping) {
            return MapType.create(SimpleType.STRING, toCel(mapping.value(), owner));
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> SimpleType.BOOL;
            case INTEGER -> SimpleType.INT;
            case DOUBLE, DECIMAL -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case MIXED -> SimpleType.DYN;
        };
    }

    /** Returns the field type of a CEL type; empty if the language has no such values. */
    Optional<FieldType> fromCel(CelType type) {
        if (type instanceof ListType list) {
            // The elements of an empty list literal have no type, but are never read.
            return fromCel(list.elemType()).or(() -> Optional.of(Scalar.STRING)).map(FieldType.Listing::new);
        }
        if (type instanceof MapType map) {
            return fromCel(map.valueType()).map(FieldType.Mapping::new);
        }
        RecordType record = records.get(type.name());
        if (record != null) {
            return Optional.of(new FieldType.Nested(record));
        }
        return switch (type.kind()) {
            case BOOL -> Optional.of(Scalar.BOOLEAN);
            case INT -> Optional.of(Scalar.INTEGER);
            case DOUBLE -> Optional.of(Scalar.DOUBLE);
            case STRING -> Optional.of(Scalar.STRING);
            case TIMESTAMP -> Optional.of(Scalar.TIMESTAMP);
            case DURATION -> Optional.of(Scalar.DURATION);
            default -> Optional.empty();
        };
    }

    /** Returns the declared record of that name, or empty. */
    Optional<RecordType> record(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** Returns a copy to which one definition's own records can be added. */
    CelTypes copy() {
        CelTypes copy = new CelTypes();
        copy.structs.putAll(structs);
        copy.records.putAll(records);
        return copy;
    }

    /** Returns a type provider for CEL with the records declared so far. */
    CelTypeProvider provider() {
        return new Provider(ImmutableMap.copyOf(structs));
    }

    /** Returns the names of a record's fields, for suggestions. */
    static List<String> fieldNames(RecordType record) {
        return record.fields().stream().map(Field::name).toList();
    }

    private record Provider(ImmutableMap<String, StructType> structs) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(structs.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(structs.get(name));
        }
    }
}
