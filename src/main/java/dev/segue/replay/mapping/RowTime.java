// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;

/** The source and format of a row's time. */
public record RowTime(RowExpression expression, TimeFormat format) {
    /** The row's time, in milliseconds since the epoch. */
    public long of(Row row) throws RefusedRow {
        return format.read(expression.text(row));
    }
}
