// SPDX-License-Identifier: Apache-2.0
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
 * Encodes events in Confluent's wire format. Each type's schema is registered with its first event, under the record's
 * full name as subject ({@code dev.segue.events.OrderCompleted}): several event types share one topic, so a subject per
 * topic would mix unrelated schemas. (Confluent calls this {@code RecordNameStrategy}.) Safe for several threads.
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
     * @throws RegistryException if the event's schema cannot be registered
     * @throws IllegalArgumentException if the event is of another vocabulary, or its schema cannot hold a value: an
     *     unknown symbol of an enum, a number beyond the range of int, a decimal with too many places
     */
    public byte[] encode(Event event) {
        Prepared ready = prepared(schemas.get(event));
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

    /**
     * Registers the schemas of all event types, so that no event waits for that later.
     *
     * @throws RegistryException if one cannot be registered
     */
    public void registerAll() {
        schemas.vocabulary().types().forEach(type -> {
            Prepared unused = prepared(schemas.get(type.name()));
        });
    }

    private Prepared prepared(EventSchema schema) {
        Prepared ready = prepared.get(schema.type().name());
        if (ready == null) {
            ready = prepare(schema);
            prepared.put(schema.type().name(), ready);
        }
        return ready;
    }

    private Prepared prepare(EventSchema ours) {
        Schema schema = ours.schema();
        int id = registry.register(schema.getFullName(), schema);
        return new Prepared(id, ValueWriters.record(schema, ours.type().record()));
    }

    /** The header of every event of one type, and the writer of the rest. */
    private record Prepared(int schemaId, ValueWriter writer) {}
}
