package dev.segue.replay;

import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one field of an event comes from. */
sealed interface FieldSource {
    /** The field's place in the event. */
    int slot();

    /**
     * A value of the first row.
     *
     * @param clearing when the lack of it clears a field of the profile
     */
    record Plain(int slot, FieldType type, String name, Value value, Clearing clearing) implements FieldSource {
        @Nullable
        Object of(Row row) throws RefusedRow {
            Object raw = value.of(row, name);
            if (clearing != Clearing.NEVER && value.expression().absence(row) == Absence.NULL) {
                return null; // A JSON column without a value reads as an object without members.
            }
            return clearing.withClearedKeys(type, Conversion.convert(type, raw, name), raw);
        }

        /** Whether a row that has no value clears the field. */
        boolean clears(Row row) throws RefusedRow {
            return clearing.clears(type, value.expression().absence(row));
        }
    }

    /** The exact sum of a value over all rows; rows where it is unset add nothing. */
    record Sum(int slot, FieldType type, String name, Value value) implements FieldSource {
        @Nullable
        BigDecimal of(Row row) throws RefusedRow {
            Object addend = value.of(row, name);
            if (addend == null || (addend instanceof String text && text.isBlank())) {
                return null;
            }
            return Value.number(addend, name);
        }
    }

    /** A list with one element for each row. */
    record Lines(int slot, RecordType type, List<Plain> parts) implements FieldSource {}

    /**
     * An expression and what it is multiplied with.
     *
     * @param times exact; null for nothing
     */
    record Value(RowExpression expression, @Nullable BigDecimal times) {
        @Nullable
        Object of(Row row, String name) throws RefusedRow {
            Object value = expression.of(row);
            if (times == null || value == null || (value instanceof String text && text.isBlank())) {
                return value;
            }
            return number(value, name).multiply(times);
        }

        static BigDecimal number(Object value, String name) throws RefusedRow {
            try {
                return Conversion.number(value);
            } catch (IllegalArgumentException unfit) {
                throw new RefusedRow(name + " is not a number", RefusedRow.quote(value));
            }
        }
    }
}
