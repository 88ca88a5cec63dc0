// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.segue.event.Nearest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file of Segue's own, whose columns have fixed names: CSV with a header if its name ends with {@code .csv},
 * otherwise JSON objects, one per line or all in one array. Both may be packed with gzip. A file need not have all columns.
 */
public abstract class NamedRows implements Closeable {
    private static final CsvDialect COMMAS = new CsvDialect(',', '"', CsvDialect.NONE, true);

    private NamedRows() {}

    /**
     * Opens a file.
     *
     * @param columns the names that columns may have
     * @param required one of them, which a CSV file must have
     * @throws UnreadableFile if the file is absent, or is CSV with other columns
     */
    public static NamedRows open(Path file, List<String> columns, String required) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".csv.gz")
                ? new OfCsv(file, columns, required)
                : new OfJson(file, columns);
    }

    /**
     * The next row's values by column, without those that are empty or null; null at the end.
     *
     * @throws RefusedRow if this row is invalid; the next one may be valid
     * @throws BrokenFile if nothing more can be read
     */
    public abstract @Nullable Map<String, Object> next() throws RefusedRow, BrokenFile;

    /** The line on which the latest row, refused or not, starts; from 1. */
    public abstract long line();

    @Override
    public abstract void close();

    private static String known(String name, List<String> columns) {
        return RefusedRow.quote(name) + "." + Nearest.hint(name, columns) + " The columns are "
                + String.join(", ", columns);
    }

    private static final class OfJson extends NamedRows {
        private final JsonTexts texts;
        private final List<String> columns;

        OfJson(Path file, List<String> columns) {
            this.texts = JsonTexts.linesOrArray(file);
            this.columns = columns;
        }

        @Override
        public @Nullable Map<String, Object> next() throws RefusedRow, BrokenFile {
            String text = texts.next();
            return text == null ? null : row(text);
        }

        private Map<String, Object> row(String text) throws RefusedRow {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Map.Entry<String, Object> member : object(text).entrySet()) {
                if (!columns.contains(member.getKey())) {
                    throw new RefusedRow("unknown column", known(member.getKey(), columns));
                }
                if (!member.getValue().equals("")) {
                    row.put(member.getKey(), member.getValue());
                }
            }
            return row;
        }

        private static JsonObject object(String text) throws RefusedRow {
            try (JsonParser parser = ForeignJson.parser(text)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    JsonObject object = ForeignJson.object(parser);
                    if (parser.nextToken() == null) {
                        return object;
                    }
                }
            } catch (IOException malformed) {
                throw new RefusedRow("not JSON; every line is one object in braces, not", RefusedRow.quote(text));
            }
            throw new RefusedRow("not one JSON object in braces, but", RefusedRow.quote(text));
        }

        @Override
        public long line() {
            return texts.line();
        }

        @Override
        public void close() {
            texts.close();
        }
    }

    private static final class OfCsv extends NamedRows {
        private final CsvRecords records;
        private final List<String> header;

        OfCsv(Path file, List<String> columns, String required) {
            this.records = new CsvRecords(file, COMMAS, new Findings());
            try {
                this.header = header(file, columns, required);
            } catch (UnreadableFile unreadable) {
                close();
                throw unreadable;
            }
        }

        private List<String> header(Path file, List<String> columns, String required) {
            String wanted = " The first row must name the columns, separated by commas, such as "
                    + String.join(",", columns) + ".";
            try {
                CsvRecord first = records.next();
                if (first == null) {
                    throw new UnreadableFile(file + " is empty." + wanted);
                }
                List<String> names = first.cells().stream().map(String::strip).toList();
                List<String> faults = new ArrayList<>();
                for (String name : names) {
                    if (!columns.contains(name)) {
                        faults.add("unknown column " + known(name, columns));
                    } else if (names.indexOf(name) != names.lastIndexOf(name)) {
                        faults.add("two columns are called '" + name + "'; remove one of them");
                    }
                }
                if (!names.contains(required)) {
                    faults.add("the column '" + required + "' is missing");
                }
                if (!faults.isEmpty()) {
                    throw new UnreadableFile(
                            file + ":" + first.line() + ": " + String.join("; ", faults) + "." + wanted);
                }
                return names;
            } catch (RefusedRow refused) {
                throw new UnreadableFile(
                        file + ":" + records.line() + ": " + refused.reason() + " " + refused.detail() + "." + wanted);
            } catch (BrokenFile broken) {
                throw new UnreadableFile(String.valueOf(broken.getMessage()));
            }
        }

        @Override
        public @Nullable Map<String, Object> next() throws RefusedRow, BrokenFile {
            CsvRecord record = records.next();
            if (record == null) {
                return null;
            }
            List<String> cells = record.cells();
            if (cells.size() != header.size()) {
                throw new RefusedRow(
                        "not as many cells as columns; put text with commas in quotation marks. The cells are",
                        cells.size() + " instead of " + header.size());
            }
            Map<String, Object> row = new LinkedHashMap<>();
            for (int column = 0; column < cells.size(); column++) {
                if (!cells.get(column).isBlank()) {
                    row.put(header.get(column), cells.get(column));
                }
            }
            return row;
        }

        @Override
        public long line() {
            return records.line();
        }

        @Override
        public void close() {
            records.close();
        }
    }
}
