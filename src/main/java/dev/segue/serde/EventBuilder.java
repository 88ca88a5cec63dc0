package dev.segue.serde;

import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.util.Map;

/** Builds events from loosely typed values: what JSON lines and mappings yield. Safe for several threads. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class EventBuilder {

    public EventBuilder(Vocabulary vocabulary) {}

    /**
     * Builds one event.
     *
     * @param values {@code type}, {@code customer_id} and the type's fields by name; nulls are unset. Values may be
     *     Boolean, any Number, CharSequence, Instant, Map (nested records and maps) and Iterable; numbers and times may
     *     be text
     * @throws BadRecord naming the field and the offending value
     */
    public Event build(Map<String, ?> values) throws BadRecord {
        throw new UnsupportedOperationException("not written yet");
    }
}
