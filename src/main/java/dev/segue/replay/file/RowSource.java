// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.io.Closeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one foreign file, in its order. */
public interface RowSource extends Closeable {
    /**
     * The next row, or null at the end.
     *
     * @throws RefusedRow if this row is invalid; the next one may be valid
     * @throws BrokenFile if nothing more can be read
     */
    @Nullable
    Row next() throws RefusedRow, BrokenFile;

    /** The line on which the latest row, refused or not, starts. */
    long line();

    /** The declared columns that no row has had so far, in the mapping's order. */
    List<String> absent();

    /** The account of the lines read so far; null if rows are not lines. */
    ReadReport.@Nullable Lines lines();

    /** The number of bytes of the file that were read so far. Safe for any thread. */
    long bytesRead();

    @Override
    void close();
}
