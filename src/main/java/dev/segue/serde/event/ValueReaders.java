// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a writer's schema against our field types, by Avro's rules for schema resolution: fields are matched by
 * name, numbers are widened, fields unknown to Segue are skipped, and fields missing from the writer's schema are left
 * unset. Beyond Avro's rules, a decimal or timestamp of another scale is converted (Avro would misread it), and unknown
 * enum symbols are accepted.
 */
final class ValueReaders {
    private ValueReaders() {}

    /** @throws BadRecord INCOMPATIBLE_SCHEMA; the message names the field */
    static ValueReader of(Schema writer, FieldType type, String path) throws BadRecord {
        if (writer.isUnion()) {
            return union(writer, type, path);
        }
        if (type instanceof FieldType.Nested nested && writer.getType() == Schema.Type.RECORD) {
            RecordReader reader = record(writer, nested.record(), path + ".");
            return in -> new Fields(nested.record(), reader.read(in));
        }
        if (type instanceof FieldType.Listing listing && writer.getType() == Schema.Type.ARRAY) {
            return list(of(writer.getElementType(), listing.element(), path + "[]"), path);
        }
        if (type instanceof FieldType.Mapping mapping && writer.getType() == Schema.Type.MAP) {
            return map(of(writer.getValueType(), mapping.value(), path + "{}"), path);
        }
        if (type instanceof Scalar scalar) {
            return ScalarReaders.of(writer, scalar, path);
        }
        throw incompatible(writer, type, path);
    }

    static BadRecord incompatible(Schema writer, FieldType type, String path) {
        return new BadRecord(
                Reason.INCOMPATIBLE_SCHEMA,
                "field '" + path + "' was written as " + writer.getType().getName()
                        + (writer.getLogicalType() == null
                                ? ""
                                : " (" + writer.getLogicalType().getName() + ")")
                        + ", which cannot be read as " + type.describe());
    }

    private static ValueReader union(Schema writer, FieldType type, String path) throws BadRecord {
        ValueReader[] branches = new ValueReader[writer.getTypes().size()];
        @Nullable BadRecord refusal = null;
        boolean readable = false;
        for (int i = 0; i < branches.length; i++) {
            Schema branch = writer.getTypes().get(i);
            try {
                branches[i] = branch.getType() == Schema.Type.NULL ? in -> null : of(branch, type, path);
                readable |= branch.getType() != Schema.Type.NULL;
            } catch (BadRecord incompatible) {
                // Only records that use this branch are rejected.
                refusal = incompatible;
                branches[i] = in -> {
                    throw incompatible;
                };
            }
        }
        if (refusal != null && !readable) {
            throw refusal;
        }
        return in -> branches[AvroSkip.branchIndex(branches.length, in)].read(in);
    }

    /**
     * Reads a record.
     *
     * @param prefix of the fields' paths in messages
     */
    static RecordReader record(Schema writer, RecordType record, String prefix) throws BadRecord {
        List<Schema.Field> written = writer.getFields();
        ValueReader[] readers = new ValueReader[written.size()];
        int[] slots = new int[written.size()];
        for (int i = 0; i < readers.length; i++) {
            Schema.Field field = written.get(i);
            slots[i] = record.slot(field.name());
            readers[i] = slots[i] < 0
                    ? skipping(field.schema())
                    : of(field.schema(), record.fields().get(slots[i]).type(), prefix + field.name());
        }
        int size = record.fields().size();
        return in -> {
            @Nullable Object[] values = new Object[size];
            for (int i = 0; i < readers.length; i++) {
                Object value = readers[i].read(in);
                if (slots[i] >= 0) {
                    values[slots[i]] = value;
                }
            }
            return values;
        };
    }

    /** Reads the values of one record into their slots. */
    interface RecordReader {
        @Nullable
        Object[] read(AvroBytes in) throws BadRecord;
    }

    private static ValueReader skipping(Schema schema) {
        return in -> {
            AvroSkip.skip(schema, in);
            return null;
        };
    }

    private static ValueReader list(ValueReader element, String path) {
        return in -> {
            List<Object> list = new ArrayList<>();
            for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
                for (int i = 0; i < left; i++) {
                    list.add(set(element.read(in), path));
                }
            }
            return list;
        };
    }

    private static ValueReader map(ValueReader value, String path) {
        return in -> {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
                for (int i = 0; i < left; i++) {
                    map.put(in.readString(), set(value.read(in), path));
                }
            }
            return map;
        };
    }

    private static Object set(@Nullable Object value, String path) throws BadRecord {
        if (value == null) {
            throw new BadRecord(Reason.WRONG_TYPE, path + " has a null element");
        }
        return value;
    }
}
