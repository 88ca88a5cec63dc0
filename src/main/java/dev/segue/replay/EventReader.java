package dev.segue.replay;

import dev.segue.event.Event;
import dev.segue.replay.file.ReadReport;
import java.io.Closeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events one after the other. Not safe for several threads. */
public interface EventReader extends Closeable {

    /** The next event, or null at the end. What cannot be an event is counted in the report and passed over. */
    @Nullable
    Event next();

    /** What was read so far, one report a file. */
    List<ReadReport> reports();

    @Override
    void close();
}
