// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import org.jspecify.annotations.Nullable;

/** The lines of a file that are not blank. A line longer than the largest event is refused unread. */
final class TextLines implements JsonTexts {
    private final FileLines lines;
    private long line;
    private long blank;

    TextLines(FileLines lines) {
        this.lines = lines;
    }

    @Override
    public @Nullable String next() throws RefusedRow, BrokenFile {
        FileLines.Line next = lines.next();
        while (next != null && next.text().isBlank() && !next.cut()) {
            blank++;
            next = lines.next();
        }
        if (next == null) {
            lines.requireWhole();
            return null;
        }
        line = next.number();
        next.requireReadable();
        return next.text();
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public ReadReport.Lines lines() {
        return new ReadReport.Lines(lines.count(), 0, blank, 0);
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() {
        lines.close();
    }
}
