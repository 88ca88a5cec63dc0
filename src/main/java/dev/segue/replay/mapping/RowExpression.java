package dev.segue.replay.mapping;

import dev.segue.replay.file.Absence;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import org.jspecify.annotations.Nullable;

/**
 * An expression over one row. Its values are String, Boolean, Long, Double, BigDecimal, List and Map, and what CEL makes
 * of times; null is unset.
 */
public interface RowExpression {
    @Nullable
    Object of(Row row) throws RefusedRow;

    /** What the row says itself about there being no value; known for what is read off the row as it stands. */
    default Absence absence(Row row) throws RefusedRow {
        return Absence.UNSAID;
    }

    /** The value as text, empty where unset: for ids, keys and times. */
    default String text(Row row) throws RefusedRow {
        Object value = of(row);
        return value == null ? "" : value.toString();
    }
}
