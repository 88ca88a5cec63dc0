package dev.segue.replay;

import java.util.List;

/**
 * The columns that a mapping declares, in its order.
 *
 * @param names without doubles
 * @param jsonColumns which of them hold JSON, by position
 * @param othersIgnored whether a file may have columns beyond these
 */
record Columns(List<String> names, List<Boolean> jsonColumns, boolean othersIgnored) {
    Columns {
        names = List.copyOf(names);
        jsonColumns = List.copyOf(jsonColumns);
    }

    boolean json(int column) {
        return jsonColumns.get(column);
    }

    /** The position of a column, or -1. */
    int indexOf(String name) {
        return names.indexOf(name);
    }
}
