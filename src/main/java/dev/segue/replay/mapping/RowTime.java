package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;

/** The instant of a row: where it stands and how it is written. */
public record RowTime(RowExpression expression, TimeFormat format) {
    /** In milliseconds since the epoch. */
    public long of(Row row) throws RefusedRow {
        return format.read(expression.text(row));
    }
}
