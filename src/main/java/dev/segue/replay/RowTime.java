package dev.segue.replay;

/** The instant of a row: where it stands and how it is written. */
record RowTime(RowExpression expression, TimeFormat format) {
    /** In milliseconds since the epoch. */
    long of(Row row) throws RefusedRow {
        return format.read(expression.text(row));
    }
}
