// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import dev.segue.event.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a file of JSON objects; their members are the columns. */
public final class JsonRows implements RowSource {
    private final Columns columns;
    private final JsonTexts texts;
    private final Findings findings;
    private final boolean[] present;

    /**
     * @param array true if the file is one array, false if it has one object per line
     * @param findings takes what looks like a missing value
     * @throws UnreadableFile if the file has the other form
     */
    public JsonRows(Path file, Columns columns, boolean array, Findings findings) {
        this.columns = columns;
        this.findings = findings;
        this.present = new boolean[columns.names().size()];
        this.texts = array ? JsonTexts.arrayOnly(file) : JsonTexts.linesOnly(file);
    }

    @Override
    public @Nullable Row next() throws RefusedRow, BrokenFile {
        String text = texts.next();
        if (text == null) {
            return null;
        }
        @Nullable Object[] cells = new Object[columns.names().size()];
        JsonObject object = ForeignJson.object(text, columns.nullTexts());
        for (Map.Entry<String, Object> member : object.entrySet()) {
            int column = columns.indexOf(member.getKey());
            if (column >= 0) {
                present[column] = true;
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
                present[column] = true;
                cells[column] = Absence.NULL;
            }
        }
        return new Row(columns, cells, texts.line());
    }

    private Object cell(int column, Object value) throws RefusedRow {
        boolean parts = value instanceof Map || value instanceof Iterable;
        if (parts && !columns.json(column)) {
            throw new RefusedRow("column " + columns.names().get(column) + " has parts; declare it as json");
        }
        if (value instanceof String text && columns.looksNull(text)) {
            findings.add(
                    ReadReport.Finding.Kind.NULL_TEXT,
                    texts.line(),
                    columns.names().get(column));
        }
        return value.equals("") ? Absence.EMPTY : parts || value instanceof String ? value : value.toString();
    }

    @Override
    public List<String> absent() {
        return IntStream.range(0, present.length)
                .filter(column -> !present[column])
                .mapToObj(columns.names()::get)
                .toList();
    }

    @Override
    public long line() {
        return texts.line();
    }

    @Override
    public ReadReport.@Nullable Lines lines() {
        return texts.lines();
    }

    @Override
    public long bytesRead() {
        return texts.bytesRead();
    }

    @Override
    public void close() {
        texts.close();
    }
}
