package dev.segue.replay.file;

import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The JSON objects of one file as texts, in its order. */
public interface JsonTexts extends Closeable {
    /** The texts of a file of canonical events: its lines, or the elements of the array that it is. */
    static JsonTexts linesOrArray(Path file) {
        TextInput input = TextInput.open(file);
        return input.startsLikeArray() ? new ArrayElements(file, input) : new TextLines(new FileLines(file, input));
    }

    /** @throws UnreadableFile when the file is an array */
    static JsonTexts linesOnly(Path file) {
        TextInput input = TextInput.open(file);
        if (input.startsLikeArray()) {
            input.close();
            throw new UnreadableFile(file + " is one JSON array, where one object a line is expected. Set array: true"
                    + " in the mapping.");
        }
        return new TextLines(new FileLines(file, input));
    }

    /** @throws UnreadableFile when the file is not an array */
    static JsonTexts arrayOnly(Path file) {
        TextInput input = TextInput.open(file);
        if (!input.startsLikeArray()) {
            input.close();
            throw new UnreadableFile(file + " is not a JSON array, as the mapping's array: true says. For one object a"
                    + " line, leave that key out.");
        }
        return new ArrayElements(file, input);
    }

    /**
     * The next text, or null at the end.
     *
     * @throws RefusedRow when this text cannot be used; the next one may be
     * @throws BrokenFile when nothing more can be read
     */
    @Nullable
    String next() throws RefusedRow, BrokenFile;

    /** The line at which the latest text, refused or not, starts; from 1. */
    long line();

    /** What the lines were; null where a text is no line. */
    ReadReport.@Nullable Lines lines();

    @Override
    void close();
}
