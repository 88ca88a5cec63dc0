// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.Absence;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import org.jspecify.annotations.Nullable;

/**
 * An expression over one row. Its values are String, Boolean, Long, Double, BigDecimal, List and Map, and CEL's classes
 * for times; null is unset.
 */
public interface RowExpression {
    @Nullable
    Object of(Row row) throws RefusedRow;

    /** How the row marks a missing value; known only for values read directly from the row. */
    default Absence absence(Row row) throws RefusedRow {
        return Absence.UNSAID;
    }

    /** Where the value is in the row, such as {@code properties.price}; empty if it is not at one place. */
    default String path(Row row) {
        return "";
    }

    /** Where an element of the value is, which is a list; from 0. */
    default String path(Row row, int element) {
        return path(row) + "[" + element + "]";
    }

    /** The value as text, empty if unset: for ids, keys and times. */
    default String text(Row row) throws RefusedRow {
        Object value = of(row);
        return value == null ? "" : value.toString();
    }
}
