// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import dev.segue.serde.event.EventLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a file that is one JSON array, as texts. Elements are separated by brackets, commas and quotes alone,
 * so that an invalid element is rejected and reading continues with the next. At most the characters of the largest
 * event are kept of an element.
 */
final class ArrayElements implements JsonTexts {
    private static final int LONGEST = EventLimits.RECORD;

    private final Path file;
    private final TextInput input;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int limit;
    private long currentLine = 1;
    private long line = 1;
    private boolean begun;
    private boolean ended;

    /** @param input that starts like an array, and has not been read from */
    ArrayElements(Path file, TextInput input) {
        this.file = file;
        this.input = input;
    }

    @Override
    public @Nullable String next() throws RefusedRow, BrokenFile {
        if (ended) {
            return null;
        }
        if (!begun) {
            begun = true;
            skipBlanks();
            take();
        }
        int character = skipBlanks();
        if (character == ']') {
            take();
            ended = true;
            requireEnd();
            return null;
        }
        if (character < 0) {
            ended = true;
            throw broken("ends inside its array: the closing ] is missing");
        }
        return element();
    }

    private void requireEnd() throws RefusedRow {
        if (skipBlanks() >= 0) {
            line = currentLine;
            throw new RefusedRow("text after the end of the array");
        }
    }

    private BrokenFile broken(String how) {
        String breakage = input.breakage();
        return new BrokenFile(
                breakage == null
                        ? file + " " + how + "."
                        : file + " breaks off after line " + currentLine + ": " + breakage + ".");
    }

    private String element() throws RefusedRow, BrokenFile {
        line = currentLine;
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int character = peek(); character >= 0; character = peek()) {
            if (!quoted && depth == 0 && (character == ',' || character == ']')) {
                if (character == ',') {
                    take();
                }
                return usable(text);
            }
            keep(text, take());
            if (quoted && character == '\\') {
                keep(text, take());
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth = Math.max(0, depth + step(character));
            }
        }
        ended = true;
        throw broken("ends inside the element that begins at line " + line + ": a bracket or a quote is not closed");
    }

    private static void keep(StringBuilder text, int character) {
        if (text.length() <= LONGEST && character >= 0) {
            text.append((char) character);
        }
    }

    private static int step(int character) {
        return switch (character) {
            case '{', '[' -> 1;
            case '}', ']' -> -1;
            default -> 0;
        };
    }

    private static String usable(StringBuilder text) throws RefusedRow {
        if (text.length() > LONGEST) {
            throw new RefusedRow("an element of more than " + LONGEST + " characters");
        }
        if (text.indexOf("\uFFFD") >= 0) {
            throw new RefusedRow("not UTF-8", RefusedRow.quote(text) + "; save the file as UTF-8");
        }
        return text.toString();
    }

    /** Skips blanks and returns the character after them, -1 at the end. */
    private int skipBlanks() {
        int character = peek();
        while (character >= 0 && TextInput.isBlank(character)) {
            take();
            character = peek();
        }
        return character;
    }

    private int peek() {
        return position < limit || fill() ? buffer[position] : -1;
    }

    private int take() {
        int character = peek();
        if (character >= 0) {
            position++;
        }
        if (character == '\n') {
            currentLine++;
        }
        return character;
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

    @Override
    public long line() {
        return line;
    }

    @Override
    public ReadReport.@Nullable Lines lines() {
        return null;
    }

    @Override
    public long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public void close() {
        input.close();
    }
}
