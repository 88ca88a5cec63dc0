package dev.segue.replay.file;

import java.util.List;

/**
 * The columns that a mapping declares, in its order.
 *
 * @param names without doubles
 * @param jsonColumns which of them hold JSON, by position
 * @param othersIgnored whether a file may have columns beyond these
 */
public record Columns(List<String> names, List<Boolean> jsonColumns, boolean othersIgnored) {
    public Columns {
        names = List.copyOf(names);
        jsonColumns = List.copyOf(jsonColumns);
    }

    public boolean json(int column) {
        return jsonColumns.get(column);
    }

    /** The position of a column, or -1. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
