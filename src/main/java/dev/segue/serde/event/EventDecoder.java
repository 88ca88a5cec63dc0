// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.Shown;
import dev.segue.serde.event.ValueReaders.RecordReader;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes events from Confluent's wire format. The writer's schema is looked up by its id and resolved once against
 * Segue's schema of equal record name (or alias); after that a known id needs no registry. Safe for several threads.
 */
public final class EventDecoder {
    /** Beyond this many ids the oldest entries are dropped: a registry that invents schemas must not fill memory. */
    private static final int MOST_SCHEMAS = 10_000;

    private final EventSchemas schemas;
    private final SchemaRegistry registry;
    private final Map<Integer, Resolved> resolved = new ConcurrentHashMap<>();

    public EventDecoder(EventSchemas schemas, SchemaRegistry registry) {
        this.schemas = schemas;
        this.registry = registry;
    }

    /**
     * Decodes one record.
     *
     * @param customerId the record's key
     * @param bytes the record's value
     * @throws BadRecord if the record is not a valid event: a dead letter
     * @throws RegistryException if the registry is unavailable: the record may be good and must wait
     */
    public Event decode(@Nullable String customerId, byte @Nullable [] bytes) throws BadRecord {
        if (bytes == null) {
            throw new BadRecord(Reason.NOT_AVRO_FRAMED, "the record has no value");
        }
        if (bytes.length > EventLimits.RECORD) {
            throw new BadRecord(
                    Reason.TOO_LARGE,
                    "the record has " + bytes.length + " bytes; at most " + EventLimits.RECORD + " are allowed");
        }
        Resolved reader = reader(WireFormat.schemaId(bytes));
        String customer = EventBuilder.requireCustomer(customerId);
        AvroBytes in = new AvroBytes(bytes, WireFormat.HEADER);
        Event event = reader.read(customer, in);
        if (in.remaining() > 0) {
            throw AvroBytes.malformed(in.remaining() + " bytes are left after the event");
        }
        return event;
    }

    /** The schema id at the start of a record's value; empty if the value is not in the wire format. */
    public static OptionalInt schemaId(byte @Nullable [] bytes) {
        try {
            return bytes == null ? OptionalInt.empty() : OptionalInt.of(WireFormat.schemaId(bytes));
        } catch (BadRecord notFramed) {
            return OptionalInt.empty();
        }
    }

    private Resolved reader(int schemaId) throws BadRecord {
        Resolved known = resolved.get(schemaId);
        if (known != null) {
            return known;
        }
        Resolved fresh = resolve(WriterSchema.of(schemaId, registry));
        if (resolved.size() >= MOST_SCHEMAS) {
            resolved.clear();
        }
        resolved.put(schemaId, fresh);
        return fresh;
    }

    /** Resolves the writer's schema into a reader, or into a rejection of all its records. */
    private Resolved resolve(Schema writer) {
        BadRecord refusal;
        try {
            return reader(writer);
        } catch (BadRecord bad) {
            refusal = bad;
        } catch (AvroRuntimeException conflict) {
            refusal = new BadRecord(
                    Reason.INCOMPATIBLE_SCHEMA, "schema " + writer.getFullName() + ": " + conflict.getMessage());
        } catch (StackOverflowError tooDeep) {
            refusal = new BadRecord(
                    Reason.UNUSABLE_SCHEMA, "schema " + Shown.value(writer.getFullName()) + " is nested too deeply");
        }
        BadRecord always = refusal;
        return (customerId, in) -> {
            throw always;
        };
    }

    private Resolved reader(Schema writer) throws BadRecord {
        EventSchema ours = writer.getType() == Schema.Type.RECORD ? schemas.findRecord(writer.getFullName()) : null;
        if (ours == null) {
            throw new BadRecord(
                    Reason.UNKNOWN_EVENT_TYPE,
                    "the record's schema " + Shown.value(writer.getFullName()) + " is not an event type."
                            + Shown.didYouMean(writer.getFullName(), schemas.recordNames()));
        }
        Schema renamed = Schema.applyAliases(writer, ours.schema());
        for (String required : List.of("event_id", "occurred_at")) {
            if (renamed.getField(required) == null) {
                throw new BadRecord(
                        Reason.INCOMPATIBLE_SCHEMA, writer.getFullName() + " was written without '" + required + "'");
            }
        }
        EventType type = ours.type();
        RecordReader reader = ValueReaders.record(renamed, type.record(), "");
        return (customerId, in) -> {
            @Nullable Object[] values = reader.read(in);
            EventBuilder.requireIds(values);
            OriginCheck.apply(type, values);
            return new Event(type, customerId, new Fields(type.record(), values));
        };
    }

    /** A reader for the records of one schema, or a rejection of all of them. */
    private interface Resolved {
        Event read(String customerId, AvroBytes in) throws BadRecord;
    }
}
