// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Event;
import dev.segue.replay.file.ReadReport;
import java.io.Closeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events one after the other. Not safe for several threads. */
public interface EventReader extends Closeable {

    /** The next event, or null at the end. Rows that are not valid events are counted in the report and skipped. */
    @Nullable
    Event next();

    /** The reports on all rows read so far, one per file. */
    List<ReadReport> reports();

    /** The number of bytes of the files that were read so far, packed if a file is. Safe for any thread. */
    default long bytesRead() {
        return 0;
    }

    @Override
    void close();
}
