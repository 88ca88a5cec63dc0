// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.nio.file.Path;
import java.util.List;
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
        JsonObject object = ForeignJson.object(text, columns.nullTexts());
        Row row = Row.of(columns, object, texts.line());
        object.keySet().forEach(this::notePresent);
        object.nulls().forEach(this::notePresent);
        object.forEach(this::noteNullText);
        return row;
    }

    private void notePresent(String name) {
        int column = columns.indexOf(name);
        if (column >= 0) {
            present[column] = true;
        }
    }

    private void noteNullText(String name, Object value) {
        if (columns.indexOf(name) >= 0 && value instanceof String text && columns.looksNull(text)) {
            findings.add(ReadReport.Finding.Kind.NULL_TEXT, texts.line(), name);
        }
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
