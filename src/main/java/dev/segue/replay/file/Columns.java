// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a mapping declares, in its order.
 *
 * @param names without duplicates
 * @param jsonColumns true for columns that hold JSON, by position
 * @param othersIgnored true if a file may have further columns
 * @param nulls texts that mean that there is no value; null if the mapping does not say
 */
public record Columns(
        List<String> names,
        List<Boolean> jsonColumns,
        boolean othersIgnored,
        @Nullable Set<String> nulls) {
    public Columns {
        names = List.copyOf(names);
        jsonColumns = List.copyOf(jsonColumns);
        nulls = nulls == null ? null : Set.copyOf(nulls);
    }

    public boolean json(int column) {
        return jsonColumns.get(column);
    }

    /** Texts that are read as an empty text. */
    Set<String> nullTexts() {
        return nulls == null ? Set.of() : nulls;
    }

    /** Returns true if a text is how databases write a missing value, and the mapping does not say what it means. */
    boolean looksNull(String text) {
        return nulls == null && (text.equals("NULL") || text.equals("\\N"));
    }

    /** The position of a column, or -1 if it is undeclared. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
