package dev.segue.replay;

import dev.segue.serde.EventLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file that are not blank, with their numbers. A line longer than any event may be is refused unread. */
final class TextLines implements Closeable {
    private static final int LONGEST = EventLimits.RECORD;

    private final Path file;
    private final TextInput input;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int end;
    /** Read but not given out: after a break the last line may be cut off, so one is always held back. */
    private @Nullable String held;

    private long line;
    private long read;

    TextLines(Path file) {
        this.file = file;
        this.input = TextInput.open(file);
        this.held = readUnlessBlank();
        if (held != null && held.startsWith("\uFEFF")) {
            held = held.substring(1);
        }
    }

    private @Nullable String readUnlessBlank() {
        String text;
        do {
            text = read();
            read++;
        } while (text != null && text.isBlank());
        return text;
    }

    /** The next line, or the beginning of one that is too long; null at the end. */
    private @Nullable String read() {
        StringBuilder text = null;
        while (position < end || fill()) {
            int start = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            boolean complete = position < end;
            if (complete && text == null) {
                return new String(buffer, start, position++ - start);
            }
            text = text == null ? new StringBuilder() : text;
            text.append(buffer, start, Math.min(position - start, LONGEST + 1 - Math.min(text.length(), LONGEST + 1)));
            if (complete) {
                position++;
                return text.toString();
            }
        }
        return text == null ? null : text.toString();
    }

    private boolean fill() {
        try {
            position = 0;
            end = Math.max(0, input.reader().read(buffer));
            return end > 0;
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
        held = readUnlessBlank();
        if (held == null && input.breakage() != null && input.endsInsideLine()) {
            throw new RefusedRow("cut off where the file breaks");
        }
        if (text.length() > LONGEST) {
            throw new RefusedRow("a line of more than " + LONGEST + " characters");
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
