package dev.segue.serde;

import dev.segue.event.Vocabulary;
import java.nio.file.Path;

/** The event schemas of this installation: one {@code .avsc} file per event type. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class EventSchemas {
    private EventSchemas() {}

    /**
     * Reads every {@code .avsc} file of a directory.
     *
     * @throws InvalidSchemas with every problem of all files
     */
    public static EventSchemas read(Path directory) throws InvalidSchemas {
        return new EventSchemas();
    }

    /** The event types that the schemas describe. */
    public Vocabulary vocabulary() {
        throw new UnsupportedOperationException("not written yet");
    }
}
