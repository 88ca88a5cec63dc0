// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The JSON objects of one file as texts, in file order. */
public interface JsonTexts extends Closeable {
    /** The texts of a file of canonical events: its lines, or the elements of its array. */
    static JsonTexts linesOrArray(Path file) {
        TextInput input = TextInput.open(file);
        return input.startsLikeArray() ? new ArrayElements(file, input) : new TextLines(new FileLines(file, input));
    }

    /** @throws UnreadableFile if the file is an array */
    static JsonTexts linesOnly(Path file) {
        TextInput input = TextInput.open(file);
        if (input.startsLikeArray()) {
            input.close();
            throw new UnreadableFile(
                    file + " is one JSON array, but the mapping expects one object per line. Set array:"
                            + " true in the mapping.");
        }
        return new TextLines(new FileLines(file, input));
    }

    /** @throws UnreadableFile if the file is not an array */
    static JsonTexts arrayOnly(Path file) {
        TextInput input = TextInput.open(file);
        if (!input.startsLikeArray()) {
            input.close();
            throw new UnreadableFile(file + " is not a JSON array, but the mapping has array: true. For one object per"
                    + " line, remove that key.");
        }
        return new ArrayElements(file, input);
    }

    /**
     * The next text, or null at the end.
     *
     * @throws RefusedRow if this text is invalid; the next one may be valid
     * @throws BrokenFile if nothing more can be read
     */
    @Nullable
    String next() throws RefusedRow, BrokenFile;

    /** The line on which the latest text, refused or not, starts; from 1. */
    long line();

    /** The account of all lines read so far; null if texts are not lines. */
    ReadReport.@Nullable Lines lines();

    /** The number of bytes of the file that were read so far. Safe for any thread. */
    long bytesRead();

    @Override
    void close();
}
