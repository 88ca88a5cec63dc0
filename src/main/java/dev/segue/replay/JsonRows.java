package dev.segue.replay;

import dev.segue.event.Nearest;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file with one JSON object a line; its members are the columns. */
final class JsonRows implements RowSource {
    private final Columns columns;
    private final TextLines lines;

    JsonRows(Path file, Columns columns) {
        this.columns = columns;
        this.lines = new TextLines(file);
    }

    @Override
    public @Nullable Row next() throws RefusedRow, BrokenFile {
        String line = lines.next();
        if (line == null) {
            return null;
        }
        @Nullable Object[] cells = new Object[columns.names().size()];
        JsonObject object = ForeignJson.object(line);
        for (Map.Entry<String, Object> member : object.entrySet()) {
            int column = columns.indexOf(member.getKey());
            if (column >= 0) {
                cells[column] = cell(column, member.getValue());
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
        return new Row(columns, cells, lines.line());
    }

    private Object cell(int column, Object value) throws RefusedRow {
        boolean parts = value instanceof Map || value instanceof Iterable;
        if (parts && !columns.json(column)) {
            throw new RefusedRow("column " + columns.names().get(column) + " has parts; declare it as json");
        }
        return value.equals("") ? Absence.EMPTY : parts || value instanceof String ? value : value.toString();
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public void close() {
        lines.close();
    }
}
