// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of an output's record one by one, in the order of its schema. Avro's own writer for generated classes
 * looks up the schema, the conversion and the branch of each field of each record; see docs/performance.md.
 */
final class RecordWriter {
    /** Nesting depth of lists and maps; deeper values are written as JSON text, as the schema defines. */
    private static final int DEPTH = 2;

    private static final Conversions.DecimalConversion DECIMALS = new Conversions.DecimalConversion();

    private final Encoder out;

    RecordWriter(Encoder out) {
        this.out = out;
    }

    /** All fields of one record. */
    interface Body {
        void write(RecordWriter record) throws IOException;
    }

    /** A field, or an element of a list. */
    interface Field<E> {
        void write(RecordWriter record, E value) throws IOException;
    }

    void text(String text) throws IOException {
        out.writeString(text);
    }

    void bytes(byte[] bytes) throws IOException {
        out.writeBytes(bytes);
    }

    /** Texts by name. */
    void texts(Map<String, String> texts) throws IOException {
        map(texts, RecordWriter::text);
    }

    void flag(boolean flag) throws IOException {
        out.writeBoolean(flag);
    }

    void whole(long number) throws IOException {
        out.writeLong(number);
    }

    void number(double number) throws IOException {
        out.writeDouble(number);
    }

    void instant(Instant instant) throws IOException {
        out.writeLong(instant.toEpochMilli());
    }

    /** @param symbol of the class generated for the schema's enum */
    void symbol(GenericEnumSymbol<?> symbol) throws IOException {
        out.writeEnum(symbol.getSchema().getEnumOrdinal(symbol.toString()));
    }

    /**
     * Writes money with the schema's scale. Never rounds; throws if the amount has more digits than the schema allows.
     */
    void money(BigDecimal amount, LogicalTypes.Decimal type) throws IOException {
        out.writeBytes(DECIMALS.toBytes(amount.setScale(type.getScale()), null, type));
    }

    /** Writes a nullable value: a union whose first branch is null. */
    <E> void orNull(@Nullable E value, Field<E> field) throws IOException {
        out.writeIndex(value == null ? 0 : 1);
        if (value != null) {
            field.write(this, value);
        }
    }

    <E> void list(Collection<E> list, Field<? super E> element) throws IOException {
        out.writeArrayStart();
        out.setItemCount(list.size());
        for (E next : list) {
            out.startItem();
            element.write(this, next);
        }
        out.writeArrayEnd();
    }

    /** Values by name. */
    <E> void map(Map<String, E> map, Field<? super E> value) throws IOException {
        out.writeMapStart();
        out.setItemCount(map.size());
        for (Map.Entry<String, E> entry : map.entrySet()) {
            out.startItem();
            out.writeString(entry.getKey());
            value.write(this, entry.getValue());
        }
        out.writeMapEnd();
    }

    /** A {@code Value}. */
    void value(Object value) throws IOException {
        value(value, 0);
    }

    /** {@code Value}s by name, in the order of the map. */
    void values(Map<String, Object> values) throws IOException {
        map(values, 0);
    }

    /** The branches have the schema's numbers, which are equal at each depth. */
    private void value(Object value, int depth) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeIndex(0);
            out.writeBoolean(flag);
        } else if (value instanceof Long number) {
            out.writeIndex(1);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeIndex(2);
            out.writeDouble(number);
        } else if (value instanceof String text) {
            out.writeIndex(3);
            out.writeString(text);
        } else if (value instanceof Instant instant) {
            out.writeIndex(4);
            instant(instant);
        } else if (!(value instanceof List<?> || value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " is not a valid value of a change");
        } else if (depth == DEPTH) {
            out.writeIndex(3);
            out.writeString(JsonLines.write(json -> JsonLines.writeValue(json, value)));
        } else if (value instanceof List<?> list) {
            out.writeIndex(5);
            list(list, (same, element) -> same.value(element, depth + 1));
        } else {
            out.writeIndex(6);
            map((Map<?, ?>) value, depth + 1);
        }
    }

    private void map(Map<?, ?> map, int depth) throws IOException {
        out.writeMapStart();
        out.setItemCount(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.startItem();
            out.writeString((String) entry.getKey());
            value(entry.getValue(), depth);
        }
        out.writeMapEnd();
    }
}
