// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file. Its first row names the columns, in any order; without such a row, the columns are in the
 * mapping's order.
 */
public final class CsvRows implements RowSource {
    private final Columns columns;
    private final CsvRecords records;
    private final Findings findings;
    private final int width;
    /** The position in the file of each column of the mapping. */
    private final int[] places;

    private final long headerLines;

    /**
     * @param findings takes what looks like a missing value or a quote
     * @throws UnreadableFile if the header does not match the mapping
     */
    public CsvRows(Path file, Columns columns, CsvDialect dialect, Findings findings) {
        this.columns = columns;
        this.findings = findings;
        this.records = new CsvRecords(file, dialect, findings);
        if (!dialect.header()) {
            this.width = columns.names().size();
            this.places = new CsvHeader(columns.names(), columns).places();
            this.headerLines = 0;
            return;
        }
        try {
            CsvRecord first = first(file, columns, dialect);
            CsvHeader header = new CsvHeader(first.cells(), columns);
            List<String> faults = header.faults(dialect.separator());
            if (!faults.isEmpty()) {
                throw new UnreadableFile(file + ":" + first.line() + ": "
                        + sentence(String.join("; ", faults).replace(".;", ";")));
            }
            this.width = header.width();
            this.places = header.places();
            this.headerLines = first.lines();
        } catch (UnreadableFile unreadable) {
            close();
            throw unreadable;
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    private CsvRecord first(Path file, Columns columns, CsvDialect dialect) {
        String wanted = "Its first row must name the columns " + String.join(", ", columns.names()) + ".";
        try {
            CsvRecord first = firstRecord();
            if (first == null) {
                throw new UnreadableFile(file + " is empty. " + wanted);
            }
            return first;
        } catch (RefusedRow refused) {
            throw new UnreadableFile(file + noHeader(file, columns, dialect, refused) + wanted);
        } catch (BrokenFile broken) {
            throw new UnreadableFile(String.valueOf(broken.getMessage()));
        }
    }

    private @Nullable CsvRecord firstRecord() throws RefusedRow, BrokenFile {
        try {
            return records.next();
        } catch (RefusedRow refused) {
            records.requireWhole();
            throw refused;
        }
    }

    /**
     * Explains why the first row cannot be read: quoted names with another separator between them are not valid CSV.
     */
    private String noHeader(Path file, Columns columns, CsvDialect dialect, RefusedRow refused) {
        for (char other : CsvHeader.USUAL_SEPARATORS) {
            if (fits(file, columns, new CsvDialect(other, dialect.quote(), dialect.escape(), true))) {
                return ":1: " + CsvHeader.wrongSeparator(other, dialect.separator()) + ". ";
            }
        }
        String detail = refused.detail().isEmpty() ? "" : " " + refused.detail();
        return ":" + records.line() + ": " + refused.reason() + detail + ". ";
    }

    private static boolean fits(Path file, Columns columns, CsvDialect dialect) {
        try (CsvRecords records = new CsvRecords(file, dialect, new Findings())) {
            CsvRecord record = records.next();
            return record != null && new CsvHeader(record.cells(), columns).fitsInPart();
        } catch (RefusedRow | BrokenFile neither) {
            return false;
        }
    }

    @Override
    public @Nullable Row next() throws RefusedRow, BrokenFile {
        CsvRecord record = records.next();
        if (record == null) {
            return null;
        }
        List<String> found = record.cells();
        if (found.size() != width) {
            throw new RefusedRow("not as many cells as columns", found.size() + " instead of " + width);
        }
        @Nullable Object[] cells = new Object[places.length];
        for (int column = 0; column < places.length; column++) {
            cells[column] = cell(found.get(places[column]), column);
        }
        return new Row(columns, cells, record.line());
    }

    private String cell(String text, int column) {
        if (columns.looksNull(text)) {
            findings.add(
                    ReadReport.Finding.Kind.NULL_TEXT,
                    records.line(),
                    columns.names().get(column));
        }
        return columns.nullTexts().contains(text) ? "" : text;
    }

    @Override
    public List<String> absent() {
        return List.of(); // The header has every declared column.
    }

    @Override
    public long line() {
        return records.line();
    }

    @Override
    public ReadReport.Lines lines() {
        return records.lines(headerLines);
    }

    @Override
    public long bytesRead() {
        return records.bytesRead();
    }

    @Override
    public void close() {
        records.close();
    }
}
