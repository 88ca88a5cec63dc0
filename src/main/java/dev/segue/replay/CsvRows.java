package dev.segue.replay;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.segue.event.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file (RFC 4180, UTF-8) whose first row names the columns, in any order. */
final class CsvRows implements RowSource {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final Columns columns;
    private final TextInput input;
    private final CloseableIterator<CsvRecord> records;
    private final int width;
    /** For each column of the mapping, where the file has it. */
    private final int[] places;
    /** Read but not given out: after a break the last record may be cut off, so one is always held back. */
    private @Nullable CsvRecord held;

    private @Nullable String broken;
    private long line;

    /** @throws UnreadableFile when the header is not what the mapping says */
    CsvRows(Path file, Columns columns, char separator) {
        this.file = file;
        this.columns = columns;
        this.input = TextInput.open(file);
        this.records = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(input.reader())
                .iterator();
        CsvRecord header = read();
        if (header == null) {
            close();
            throw new UnreadableFile(file + (broken == null ? " is empty" : ":1: " + broken)
                    + "; its first row must name the columns " + String.join(", ", columns.names()) + ".");
        }
        List<String> names = names(header);
        this.width = names.size();
        this.places = places(names);
        this.held = read();
    }

    private static List<String> names(CsvRecord header) {
        List<String> names = new ArrayList<>(header.getFields());
        if (names.get(0).startsWith(BYTE_ORDER_MARK)) {
            names.set(0, names.get(0).substring(1));
        }
        names.replaceAll(String::strip);
        return names;
    }

    private int[] places(List<String> names) {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                faults.add("column '" + name + "' stands twice");
            } else if (columns.indexOf(name) < 0 && !columns.othersIgnored()) {
                faults.add("unknown column '" + name + "'." + Nearest.hint(name, columns.names())
                        + " Add it to the mapping's columns, or set other_columns: ignore");
            }
        }
        int[] found = new int[columns.names().size()];
        for (int column = 0; column < found.length; column++) {
            String name = columns.names().get(column);
            found[column] = names.indexOf(name);
            if (found[column] < 0) {
                faults.add("the column '" + name + "' of the mapping is missing." + Nearest.hint(name, names));
            }
        }
        if (!faults.isEmpty()) {
            close();
            throw new UnreadableFile(file + ":1: " + String.join("; ", faults));
        }
        return found;
    }

    private @Nullable CsvRecord read() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException | UncheckedIOException failure) {
            // A break of the file shows as an open quote; TextInput knows the true reason.
            broken = input.breakage() == null ? sentence(failure) : null;
            return null;
        }
    }

    private static String sentence(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public @Nullable Row next() throws RefusedRow, BrokenFile {
        CsvRecord record = held;
        if (record == null) {
            return end();
        }
        line = record.getStartingLineNumber();
        held = read();
        if (held == null && input.breakage() != null && input.endsInsideLine()) {
            throw new RefusedRow("cut off where the file breaks");
        }
        return row(record);
    }

    private @Nullable Row end() throws BrokenFile {
        String breakage = input.breakage();
        if (breakage != null) {
            throw new BrokenFile(file + " breaks off after line " + line + ": " + breakage + ".");
        }
        if (broken != null) {
            throw new BrokenFile(file + " is not CSV after line " + line + ": " + broken);
        }
        return null;
    }

    private Row row(CsvRecord record) throws RefusedRow {
        if (record.getFieldCount() != width) {
            throw new RefusedRow(
                    "not as many cells as the header has columns", record.getFieldCount() + " instead of " + width);
        }
        @Nullable Object[] cells = new Object[places.length];
        for (int column = 0; column < places.length; column++) {
            String cell = record.getField(places[column]);
            if (cell.indexOf(REPLACEMENT) >= 0) {
                throw new RefusedRow("not UTF-8", RefusedRow.quote(cell));
            }
            cells[column] = cell;
        }
        return new Row(columns, cells, line);
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException ignored) {
            // Nothing was written; a failure to close loses nothing.
        }
        input.close();
    }
}
