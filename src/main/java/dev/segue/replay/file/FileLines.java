// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import dev.segue.serde.event.EventLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The raw lines of a file, including blank ones. A line ends with a line feed, a carriage return or both, or with the
 * file. At most the characters of the largest event are kept of a line.
 */
final class FileLines implements Closeable {
    private static final int LONGEST = EventLimits.RECORD;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final TextInput input;
    private final char[] buffer = new char[1 << 16];
    private final Deque<Line> returned = new ArrayDeque<>();
    private int position;
    private int limit;
    private long count;

    /**
     * One line.
     *
     * @param number from 1
     * @param text without the line end; cut if it is too long
     * @param end the characters that ended it; empty at the end of the file
     * @param cut true if the file broke off inside the line
     */
    record Line(long number, String text, String end, boolean cut) {
        /** @throws RefusedRow if the line is cut, too long or not UTF-8 */
        void requireReadable() throws RefusedRow {
            if (cut) {
                throw new RefusedRow("cut off where the file breaks");
            }
            if (text.length() > LONGEST) {
                throw new RefusedRow("a line of more than " + LONGEST + " characters");
            }
            if (text.indexOf('\uFFFD') >= 0) {
                throw new RefusedRow("not UTF-8", RefusedRow.quote(text) + "; save the file as UTF-8");
            }
        }
    }

    FileLines(Path file) {
        this(file, TextInput.open(file));
    }

    /** @param input that has not been read from */
    FileLines(Path file, TextInput input) {
        this.file = file;
        this.input = input;
    }

    /** The next line, or null at the end of the readable part. */
    @Nullable
    Line next() {
        return returned.isEmpty() ? read() : returned.pop();
    }

    /** Pushes lines back; they are returned next, in this order. They must be the latest lines returned. */
    void giveBack(List<Line> lines) {
        for (int index = lines.size() - 1; index >= 0; index--) {
            returned.push(lines.get(index));
        }
    }

    private @Nullable Line read() {
        StringBuilder text = null;
        while (position < limit || fill()) {
            int start = position;
            while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
                position++;
            }
            if (position < limit && text == null) {
                return line(new String(buffer, start, position - start), lineEnd());
            }
            text = text == null ? new StringBuilder() : text;
            int room = LONGEST + 1 - Math.min(text.length(), LONGEST + 1);
            text.append(buffer, start, Math.min(position - start, room));
            if (position < limit) {
                return line(text.toString(), lineEnd());
            }
        }
        return text == null ? null : line(text.toString(), "");
    }

    private Line line(String text, String end) {
        count++;
        String unmarked = text;
        while (count == 1 && unmarked.startsWith(BYTE_ORDER_MARK)) {
            unmarked = unmarked.substring(1);
        }
        return new Line(count, unmarked, end, end.isEmpty() && input.breakage() != null);
    }

    private String lineEnd() {
        if (buffer[position++] == '\n') {
            return "\n";
        }
        if ((position < limit || fill()) && buffer[position] == '\n') {
            position++;
            return "\r\n";
        }
        return "\r";
    }

    private boolean fill() {
        try {
            position = 0;
            limit = Math.max(0, input.reader().read(buffer));
            return limit > 0;
        } catch (IOException failure) {
            // TextInput turns every failure of the file into an end of input.
            throw new UncheckedIOException(failure);
        }
    }

    /** The number of lines read from the file. */
    long count() {
        return count;
    }

    /** @throws BrokenFile if the file broke off */
    void requireWhole() throws BrokenFile {
        if (input.breakage() != null) {
            throw new BrokenFile(
                    count <= 1
                            ? file + " breaks off in its first line: " + input.breakage() + ". Was it copied whole?"
                            : file + " breaks off after line " + count + ": " + input.breakage() + ".");
        }
    }

    long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public void close() {
        input.close();
    }
}
