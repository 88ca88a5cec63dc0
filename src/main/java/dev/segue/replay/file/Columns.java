// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.List;

/**
 * The columns that a mapping declares, in its order.
 *
 * @param names without duplicates
 * @param jsonColumns true for columns that hold JSON, by position
 * @param othersIgnored true if a file may have further columns
 */
public record Columns(List<String> names, List<Boolean> jsonColumns, boolean othersIgnored) {
    public Columns {
        names = List.copyOf(names);
        jsonColumns = List.copyOf(jsonColumns);
    }

    public boolean json(int column) {
        return jsonColumns.get(column);
    }

    /** The position of a column, or -1 if it is undeclared. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
