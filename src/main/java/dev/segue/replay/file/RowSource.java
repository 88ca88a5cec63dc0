package dev.segue.replay.file;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** The rows of one foreign file, in its order. */
public interface RowSource extends Closeable {
    /**
     * The next row, or null at the end.
     *
     * @throws RefusedRow when this row is no row; the next one may be
     * @throws BrokenFile when nothing more can be read
     */
    @Nullable
    Row next() throws RefusedRow, BrokenFile;

    /** The line at which the latest row, refused or not, starts. */
    long line();

    /** What the lines read so far were; null where a row is no line. */
    ReadReport.@Nullable Lines lines();

    @Override
    void close();
}
