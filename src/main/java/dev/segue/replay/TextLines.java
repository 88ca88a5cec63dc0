package dev.segue.replay;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file that are not blank, with their numbers. */
final class TextLines implements Closeable {
    private final Path file;
    private final TextInput input;
    private final BufferedReader reader;
    /** Read but not given out: after a break the last line may be cut off, so one is always held back. */
    private @Nullable String held;

    private long line;
    private long read;

    TextLines(Path file) {
        this.file = file;
        this.input = TextInput.open(file);
        this.reader = new BufferedReader(input.reader(), 1 << 16);
        this.held = read();
        if (held != null && held.startsWith("\uFEFF")) {
            held = held.substring(1);
        }
    }

    private @Nullable String read() {
        try {
            String text;
            do {
                text = reader.readLine();
                read++;
            } while (text != null && text.isBlank());
            return text;
        } catch (IOException failure) {
            // TextInput turns every failure of the file into an end.
            throw new UncheckedIOException(failure);
        }
    }

    @Nullable
    String next() throws RefusedRow, BrokenFile {
        String text = held;
        String breakage = input.breakage();
        if (text == null) {
            if (breakage != null) {
                throw new BrokenFile(file + " breaks off after line " + line + ": " + breakage + ".");
            }
            return null;
        }
        line = read;
        held = read();
        if (held == null && input.breakage() != null && input.endsInsideLine()) {
            throw new RefusedRow("cut off where the file breaks");
        }
        if (text.indexOf('\uFFFD') >= 0) {
            throw new RefusedRow("not UTF-8", RefusedRow.quote(text));
        }
        return text;
    }

    /** The number of the latest line, from 1. */
    long line() {
        return line;
    }

    @Override
    public void close() {
        input.close();
    }
}
