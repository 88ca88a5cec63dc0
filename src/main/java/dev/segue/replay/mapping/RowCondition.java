// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;

/** A boolean expression over one row. */
public interface RowCondition {
    boolean holds(Row row) throws RefusedRow;
}
