// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file (RFC 4180, and the dialects of {@link CsvDialect}), without blank ones.
 *
 * <p>An invalid record costs only its first line: reading continues on the line after that. A library that reads a
 * stream cannot recover after an unclosed quote. So this class reads lines and joins them into records; a cell may span
 * at most {@value #MOST_LINES} lines and {@value #MOST_CHARACTERS} characters, which also bounds the search for the end
 * of a record.
 */
final class CsvRecords implements Closeable {
    static final int MOST_LINES = 100;
    static final int MOST_CHARACTERS = 64 * 1024;

    private final FileLines lines;
    private final CsvDialect dialect;
    private final Findings findings;
    private long line;
    private long blank;
    private long continued;

    /** @param findings takes the records with a blank before a quote */
    CsvRecords(Path file, CsvDialect dialect, Findings findings) {
        this.lines = new FileLines(file);
        this.dialect = dialect;
        this.findings = findings;
    }

    /**
     * The next record that is not blank, or null at the end.
     *
     * @throws RefusedRow if a record is not valid CSV
     */
    @Nullable
    CsvRecord next() throws RefusedRow, BrokenFile {
        for (FileLines.Line first = lines.next(); first != null; first = lines.next()) {
            line = first.number();
            CsvRecord record = record(first);
            if (!record.isBlank()) {
                continued += record.lines() - 1;
                return record;
            }
            blank += record.lines();
        }
        lines.requireWhole();
        return null;
    }

    private CsvRecord record(FileLines.Line first) throws RefusedRow {
        first.requireReadable();
        if (dialect.isPlain(first.text())) {
            return new CsvRecord(split(first.text()), first.number(), 1);
        }
        List<FileLines.Line> further = new ArrayList<>();
        CsvCells cells = new CsvCells(dialect);
        try {
            cells.add(first.text());
            for (FileLines.Line before = first; cells.open(); ) {
                FileLines.Line next = lines.next();
                if (next == null) {
                    throw new RefusedRow(cells.openReason(), "to the end of the file");
                }
                further.add(next);
                next.requireReadable();
                cells.addLineEnd(before.end());
                requireShort(cells, further.size() + 1L);
                cells.add(next.text());
                before = next;
            }
            return new CsvRecord(cells.finish(), first.number(), 1L + further.size());
        } catch (RefusedRow refused) {
            lines.giveBack(further);
            throw refused;
        } finally {
            if (cells.hasBlankBeforeQuote()) {
                findings.add(ReadReport.Finding.Kind.BLANK_BEFORE_QUOTE, first.number(), "");
            }
        }
    }

    private static void requireShort(CsvCells cells, long lineCount) throws RefusedRow {
        if (lineCount - cells.openSinceLine() + 1 > MOST_LINES) {
            throw new RefusedRow(cells.openReason(), "over more than " + MOST_LINES + " lines");
        }
        if (cells.openLength() > MOST_CHARACTERS) {
            throw new RefusedRow(cells.openReason(), "over more than " + MOST_CHARACTERS + " characters");
        }
    }

    private List<String> split(String text) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(dialect.separator()); end >= 0; end = text.indexOf(dialect.separator(), start)) {
            cells.add(text.substring(start, end));
            start = end + 1;
        }
        cells.add(text.substring(start));
        return cells;
    }

    /** @throws BrokenFile if the file broke off */
    void requireWhole() throws BrokenFile {
        lines.requireWhole();
    }

    /** The line on which the latest record, refused or not, starts. */
    long line() {
        return line;
    }

    /** @param header number of lines of the header, which is not a row */
    ReadReport.Lines lines(long header) {
        return new ReadReport.Lines(lines.count(), header, blank, continued - Math.max(0, header - 1));
    }

    long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() {
        lines.close();
    }
}
