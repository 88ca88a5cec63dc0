package dev.segue.serde.event;

import dev.segue.event.Event;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * From events to Confluent's wire format. Each type's schema is registered with its first event, under the record's full
 * name as subject ({@code dev.segue.events.OrderCompleted}): several event types share one topic, so a subject for the
 * topic would have to hold schemas that are no versions of each other. (Confluent's name for this is
 * {@code RecordNameStrategy}.) Safe for several threads.
 */
public final class EventEncoder {
    private final EventSchemas schemas;
    private final SchemaRegistry registry;
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

    public EventEncoder(EventSchemas schemas, SchemaRegistry registry) {
        this.schemas = schemas;
        this.registry = registry;
    }

    /**
     * The record's value; its key is the customer's id.
     *
     * @throws RegistryException where the event's schema cannot be registered
     * @throws IllegalArgumentException where the event is of another vocabulary, or holds a value that its schema has no
     *     room for: a symbol that its enum does not have, a number beyond its int, a decimal with more places
     */
    public byte[] encode(Event event) {
        EventSchema schema = schemas.get(event);
        Prepared ready = prepared.get(schema.type().name());
        if (ready == null) {
            ready = prepare(schema);
            prepared.put(schema.type().name(), ready);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        WireFormat.writeHeader(ready.schemaId(), bytes);
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
            ready.writer().write(event.fields(), out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private Prepared prepare(EventSchema ours) {
        Schema schema = ours.schema();
        int id = registry.register(schema.getFullName(), schema);
        return new Prepared(id, ValueWriters.record(schema, ours.type().record()));
    }

    /** What every event of one type begins with, and how the rest is written. */
    private record Prepared(int schemaId, ValueWriter writer) {}
}
