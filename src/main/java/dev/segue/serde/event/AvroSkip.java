// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import org.apache.avro.Schema;

/** Skips values that the writer's schema has and Segue's schema lacks. */
final class AvroSkip {
    private AvroSkip() {}

    static void skip(Schema schema, AvroBytes in) throws BadRecord {
        skip(schema, in, 0);
    }

    private static void skip(Schema schema, AvroBytes in, int depth) throws BadRecord {
        // A writer's record may contain itself, so a forged record could be nested as deeply as its size allows.
        if (depth > EventLimits.DEPTH) {
            throw new BadRecord(
                    BadRecord.Reason.TOO_LARGE, "the event has records more than " + EventLimits.DEPTH + " deep");
        }
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> in.readBoolean();
            case INT, ENUM, LONG -> in.readLong();
            case FLOAT -> in.skip(Float.BYTES);
            case DOUBLE -> in.skip(Double.BYTES);
            case FIXED -> in.skip(schema.getFixedSize());
            case STRING, BYTES -> in.skipBytes();
            case UNION -> skip(branch(schema, in), in, depth + 1);
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema(), in, depth + 1);
                }
            }
            case ARRAY -> {
                for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
                    for (int i = 0; i < left; i++) {
                        skip(schema.getElementType(), in, depth + 1);
                    }
                }
            }
            case MAP -> {
                for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
                    for (int i = 0; i < left; i++) {
                        in.skipBytes();
                        skip(schema.getValueType(), in, depth + 1);
                    }
                }
            }
        }
    }

    private static Schema branch(Schema union, AvroBytes in) throws BadRecord {
        return union.getTypes().get(branchIndex(union.getTypes().size(), in));
    }

    /** Reads the index of a union's branch. */
    static int branchIndex(int branches, AvroBytes in) throws BadRecord {
        long index = in.readLong();
        if (index < 0 || index >= branches) {
            throw AvroBytes.malformed("branch " + index + " of a union of " + branches);
        }
        return (int) index;
    }
}
