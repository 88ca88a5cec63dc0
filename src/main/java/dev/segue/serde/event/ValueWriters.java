// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.event.Shown;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writers for Segue's own schemas, which {@link EventSchema} has checked against the types of the fields. */
final class ValueWriters {
    private ValueWriters() {}

    /** Writes the values of a record, which are {@link Fields}. */
    static ValueWriter record(Schema schema, RecordType record) {
        int size = schema.getFields().size();
        ValueWriter[] writers = new ValueWriter[size];
        int[] slots = new int[size];
        for (int i = 0; i < size; i++) {
            Schema.Field field = schema.getFields().get(i);
            slots[i] = record.slot(field.name());
            writers[i] = of(field.schema(), record.fields().get(slots[i]).type());
        }
        return (value, out) -> {
            Fields fields = (Fields) set(value);
            for (int i = 0; i < size; i++) {
                Object part = fields.get(slots[i]);
                try {
                    writers[i].write(part, out);
                } catch (ArithmeticException unfit) {
                    Schema.Field field = schema.getFields().get(i);
                    throw new IllegalArgumentException(
                            "field '" + field.name() + "' of " + record + " is " + Shown.value(part)
                                    + ", which its schema cannot hold: " + field.schema(),
                            unfit);
                }
            }
        };
    }

    private static ValueWriter of(Schema schema, FieldType type) {
        return switch (schema.getType()) {
            case UNION -> type == Scalar.MIXED ? mixed(schema) : union(schema, type);
            case RECORD -> record(schema, ((FieldType.Nested) type).record());
            case ARRAY -> list(of(schema.getElementType(), ((FieldType.Listing) type).element()));
            case MAP -> map(of(schema.getValueType(), ((FieldType.Mapping) type).value()));
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) set(value));
            case INT -> (value, out) -> out.writeInt(Math.toIntExact((Long) set(value)));
            case LONG -> whole(schema);
            case FLOAT -> (value, out) -> out.writeFloat(((Double) set(value)).floatValue());
            case DOUBLE -> (value, out) -> out.writeDouble((Double) set(value));
            case STRING -> (value, out) -> out.writeString((String) set(value));
            case ENUM -> symbol(schema);
            case BYTES -> decimal(((LogicalTypes.Decimal) schema.getLogicalType()).getScale());
            case FIXED, NULL -> throw new IllegalArgumentException("the language does not support " + schema.getType());
        };
    }

    private static ValueWriter union(Schema schema, FieldType type) {
        int unset = -1;
        int index = 0;
        @Nullable ValueWriter writer = null;
        for (int i = 0; i < schema.getTypes().size(); i++) {
            if (schema.getTypes().get(i).getType() == Schema.Type.NULL) {
                unset = i;
            } else {
                index = i;
                writer = of(schema.getTypes().get(i), type);
            }
        }
        ValueWriter whenSet = Objects.requireNonNull(writer, "a union without a type");
        int nullBranch = unset;
        int setBranch = index;
        return (value, out) -> {
            if (value == null && nullBranch >= 0) {
                out.writeIndex(nullBranch);
            } else {
                out.writeIndex(setBranch);
                whenSet.write(value, out);
            }
        };
    }

    private static ValueWriter mixed(Schema schema) {
        int text = schema.getIndexNamed(Schema.Type.STRING.getName());
        int number = schema.getIndexNamed(Schema.Type.DOUBLE.getName());
        int flag = schema.getIndexNamed(Schema.Type.BOOLEAN.getName());
        return (value, out) -> {
            if (value instanceof Double given) {
                out.writeIndex(number);
                out.writeDouble(given);
            } else if (value instanceof Boolean given) {
                out.writeIndex(flag);
                out.writeBoolean(given);
            } else {
                out.writeIndex(text);
                out.writeString((String) set(value));
            }
        };
    }

    private static ValueWriter symbol(Schema schema) {
        return (value, out) -> {
            String symbol = (String) set(value);
            if (!schema.hasEnumSymbol(symbol)) {
                throw new IllegalArgumentException(Shown.value(symbol) + " is not a symbol of " + schema.getFullName()
                        + "." + Shown.didYouMean(symbol, schema.getEnumSymbols()));
            }
            out.writeEnum(schema.getEnumOrdinal(symbol));
        };
    }

    private static ValueWriter whole(Schema schema) {
        if (!FieldTypes.isTimestamp(schema)) {
            return (value, out) -> out.writeLong((Long) set(value));
        }
        long perMilli = schema.getLogicalType() instanceof LogicalTypes.TimestampMicros ? 1000 : 1;
        return (value, out) -> out.writeLong(Math.multiplyExact(((Instant) set(value)).toEpochMilli(), perMilli));
    }

    private static ValueWriter decimal(int scale) {
        return (value, out) -> out.writeBytes(((BigDecimal) set(value))
                .setScale(scale, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .toByteArray());
    }

    private static ValueWriter list(ValueWriter element) {
        return (value, out) -> {
            List<?> list = (List<?>) set(value);
            out.writeArrayStart();
            out.setItemCount(list.size());
            for (Object item : list) {
                out.startItem();
                element.write(item, out);
            }
            out.writeArrayEnd();
        };
    }

    private static ValueWriter map(ValueWriter element) {
        return (value, out) -> {
            Map<?, ?> map = (Map<?, ?>) set(value);
            out.writeMapStart();
            out.setItemCount(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.startItem();
                out.writeString((String) entry.getKey());
                element.write(entry.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static Object set(@Nullable Object value) {
        return Objects.requireNonNull(value, "a required value is not set");
    }
}
