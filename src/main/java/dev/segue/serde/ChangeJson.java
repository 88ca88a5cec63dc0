package dev.segue.serde;

import dev.segue.event.Change;

/** Changes as JSON lines. Safe for several threads. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ChangeJson {

    public ChangeJson() {}

    /** One line without its end; what is null, false or empty is left out. */
    public String write(Change change) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** @throws BadRecord naming what is wrong */
    public Change read(String line) throws BadRecord {
        throw new UnsupportedOperationException("not written yet");
    }
}
