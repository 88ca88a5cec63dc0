// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import dev.segue.event.Nearest;
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
    private final String itemPath;

    /** State shared by a row and its copies with an item. */
    public static final class Fate {
        private boolean refused;
        private int events;
        private int dropped;

        /** Counts members of an object that a limit keeps out of an event. */
        public void drop(int members) {
            dropped += members;
        }

        /** The number of members that limits have kept out of the row's events. */
        public int dropped() {
            return dropped;
        }

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
        this(columns, cells, line, new Fate(), null, "");
    }

    private Row(
            Columns columns, @Nullable Object[] cells, long line, Fate fate, @Nullable Object item, String itemPath) {
        this.columns = columns;
        this.cells = cells;
        this.line = line;
        this.fate = fate;
        this.item = item;
        this.itemPath = itemPath;
    }

    /**
     * The row of a JSON object, whose members are the cells.
     *
     * @param line from 1
     * @throws RefusedRow if a column that holds texts has parts, or a member is not declared and others are refused
     */
    public static Row of(Columns columns, JsonObject object, long line) throws RefusedRow {
        @Nullable Object[] cells = new Object[columns.names().size()];
        for (Map.Entry<String, Object> member : object.entrySet()) {
            int column = columns.indexOf(member.getKey());
            if (column >= 0) {
                cells[column] = cell(columns, column, member.getValue());
            } else if (!columns.othersIgnored()) {
                throw new RefusedRow(
                        "a key that the mapping does not declare",
                        RefusedRow.quote(member.getKey()) + Nearest.hint(member.getKey(), columns.names()));
            }
        }
        for (String name : object.nulls()) {
            int column = columns.indexOf(name);
            if (column >= 0) {
                cells[column] = Absence.NULL;
            }
        }
        return new Row(columns, cells, line);
    }

    private static Object cell(Columns columns, int column, Object value) throws RefusedRow {
        boolean parts = value instanceof Map || value instanceof Iterable;
        if (parts && !columns.json(column)) {
            String name = columns.names().get(column);
            throw new RefusedRow("column " + name + " has parts; declare it as json").at(name);
        }
        return value.equals("") ? Absence.EMPTY : parts || value instanceof String ? value : value.toString();
    }

    /** A copy of this row with another text in a column; null for none. */
    public Row with(int column, @Nullable String text) {
        @Nullable Object[] others = cells.clone();
        others[column] = text;
        return new Row(columns, others, line, fate, item, itemPath);
    }

    /**
     * A copy of this row with an element of one of its lists as the current item.
     *
     * @param path of the element in the row, such as {@code properties.products[1]}
     */
    public Row with(Object element, String path) {
        return new Row(columns, cells, line, fate, element, path);
    }

    /** As {@link #with(Object, String)}, without a place. */
    public Row with(Object element) {
        return with(element, "");
    }

    /** Where the current item is in the row; empty if unknown. */
    public String itemPath() {
        return itemPath;
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
