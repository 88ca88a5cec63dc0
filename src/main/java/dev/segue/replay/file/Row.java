// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a foreign file: a cell for each column of the mapping, in its order. */
public final class Row {
    private final Columns columns;
    private final @Nullable Object[] cells;
    private final long line;
    private final Fate fate;
    private final @Nullable Object item;

    /** State shared by a row and its copies with an item. */
    public static final class Fate {
        private boolean refused;
        private int events;

        /** Returns true for the row's first refusal: a row is counted once, however many errors it has. */
        public boolean refuse() {
            boolean first = !refused;
            refused = true;
            return first;
        }

        /** The number of the next event that begins with this row, from 1. */
        public int nextEvent() {
            return ++events;
        }
    }

    /**
     * @param cells texts; in a JSON column also the results of {@link ForeignJson}; null if there is no value, or an
     *     {@link Absence} if the row marks it
     * @param line from 1
     */
    public Row(Columns columns, @Nullable Object[] cells, long line) {
        this(columns, cells, line, new Fate(), null);
    }

    private Row(Columns columns, @Nullable Object[] cells, long line, Fate fate, @Nullable Object item) {
        this.columns = columns;
        this.cells = cells;
        this.line = line;
        this.fate = fate;
        this.item = item;
    }

    /** A copy of this row with an element of one of its lists as the current item. */
    public Row with(Object element) {
        return new Row(columns, cells, line, fate, element);
    }

    /** The current item; null if there is none. */
    @Nullable
    public Object item() {
        return item;
    }

    public Fate fate() {
        return fate;
    }

    public long line() {
        return line;
    }

    /** The text of a column; empty if there is none. */
    public String text(int column) {
        Object cell = cells[column];
        return cell == null ? "" : cell.toString();
    }

    /** How the row marks the missing value of a column. */
    public Absence absence(int column) {
        return cells[column] instanceof Absence absence ? absence : Absence.UNSAID;
    }

    /** The content of a JSON column, parsed on first use. An empty cell is an empty map. */
    public Object json(int column) throws RefusedRow {
        Object cell = cells[column];
        if (!(cell instanceof String text)) {
            return cell == null || cell instanceof Absence ? Map.of() : cell;
        }
        Object parsed;
        if (text.isBlank()) {
            parsed = Map.of();
        } else {
            parsed = ForeignJson.parse(text, columns.names().get(column), columns.nullTexts());
        }
        cells[column] = parsed;
        return parsed;
    }

    /** The row as a CEL value, limited to the columns that the expression reads. */
    public Map<String, Object> view(Collection<Integer> read) throws RefusedRow {
        Map<String, Object> view = new HashMap<>();
        for (int column : read) {
            view.put(
                    columns.names().get(column),
                    columns.json(column) ? ForeignJson.forCel(json(column)) : text(column));
        }
        return view;
    }

    /** The whole content of the row as one text: equal for rows with equal cells. */
    public String content() {
        StringBuilder content = new StringBuilder();
        for (Object cell : cells) {
            content.append(cell == null ? "" : cell).append('\u001f');
        }
        return content.toString();
    }
}
