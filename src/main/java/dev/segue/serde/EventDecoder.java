package dev.segue.serde;

import dev.segue.event.Event;
import org.jspecify.annotations.Nullable;

/** From Confluent's wire format to events. Safe for several threads. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class EventDecoder {

    public EventDecoder(EventSchemas schemas, SchemaRegistry registry) {}

    /**
     * Decodes one record.
     *
     * @param customerId the record's key
     * @param bytes the record's value
     * @throws BadRecord where the record is no event: a dead letter
     * @throws RegistryException where the registry cannot be asked now: the record may be good
     */
    public Event decode(@Nullable String customerId, byte @Nullable [] bytes) throws BadRecord {
        throw new UnsupportedOperationException("not written yet");
    }
}
