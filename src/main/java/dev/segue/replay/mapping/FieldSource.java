// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.replay.file.Absence;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source of one field of an event. */
sealed interface FieldSource {
    /** The field's slot in the event. */
    int slot();

    /**
     * A value of the first row.
     *
     * @param clearing when a missing value clears the profile field
     */
    record Plain(int slot, FieldType type, String name, Value value, Clearing clearing) implements FieldSource {
        @Nullable
        Object of(Row row) throws RefusedRow {
            try {
                return converted(row);
            } catch (RefusedRow refused) {
                throw refused.at(value.expression().path(row));
            }
        }

        private @Nullable Object converted(Row row) throws RefusedRow {
            Object raw = value.of(row, name);
            if (clearing != Clearing.NEVER && value.expression().absence(row) == Absence.NULL) {
                return null; // A JSON column without a value reads as an object without members.
            }
            return clearing.withClearedKeys(type, Conversion.convert(type, raw, name), raw);
        }

        /** Returns true if a row without a value clears the field. */
        boolean clears(Row row) throws RefusedRow {
            return clearing.clears(type, value.expression().absence(row));
        }
    }

    /** The exact sum of a value over all rows; unset values are skipped. */
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

    /**
     * A list with one element for each row, or for each element of a list in the row.
     *
     * @param each that list; null for the rows
     */
    record Lines(int slot, RecordType type, MappingRule.@Nullable Each each, List<Plain> parts) implements FieldSource {
        List<Fields> of(Row row) throws RefusedRow {
            if (each == null) {
                return List.of(line(row));
            }
            List<Fields> lines = new ArrayList<>();
            for (Row element : each.rows(row)) {
                lines.add(line(element));
            }
            return List.copyOf(lines);
        }

        private Fields line(Row row) throws RefusedRow {
            @Nullable Object[] values = new Object[type.fields().size()];
            for (Plain part : parts) {
                values[part.slot()] = part.of(row);
            }
            return new Fields(type, values);
        }
    }

    /**
     * An expression and an optional factor.
     *
     * @param times exact factor; null for none
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
                throw new RefusedRow(name + " is not a number", Conversion.shown(value));
            }
        }
    }
}
