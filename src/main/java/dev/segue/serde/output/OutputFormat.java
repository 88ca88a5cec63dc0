// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.serde.event.WireFormat;
import dev.segue.serde.event.WriterSchema;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Records of a generated class in Confluent's wire format. One topic has one type of record, so the schema is registered
 * under the topic's own subject ({@code <topic>-value}), where consumers look for it.
 */
public final class OutputFormat<T extends SpecificRecordBase> {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    private final SchemaRegistry registry;
    private final String subject;
    private final SpecificData model = new OutputClasses();
    private final Schema schema;
    private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
    private volatile @Nullable Integer schemaId;

    OutputFormat(SchemaRegistry registry, String topic, Class<T> type) {
        this.registry = registry;
        this.subject = topic + "-value";
        this.schema = model.getSchema(type);
    }

    byte[] encode(RecordWriter.Body body) {
        int id = schemaId();
        Room room = ROOM.get();
        room.bytes.reset();
        WireFormat.writeHeader(id, room.bytes);
        try {
            // The encoder buffers bytes, because the stream takes a lock for each write.
            BinaryEncoder out = EncoderFactory.get().binaryEncoder(room.bytes, room.encoder);
            // An encoder that a failed write left half full would prepend its rest to the next record.
            room.encoder = null;
            body.write(new RecordWriter(out));
            out.flush();
            room.encoder = out;
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return room.bytes.toByteArray();
    }

    /** Buffers that a thread reuses for all its records. */
    private static final class Room {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private @Nullable BinaryEncoder encoder;
    }

    T decode(byte[] bytes) throws BadRecord {
        Schema writer = writer(WireFormat.schemaId(bytes));
        BinaryDecoder in =
                DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER, bytes.length - WireFormat.HEADER, null);
        try {
            T value = new InOrder<T>(writer, schema, model).read(null, in);
            if (!in.isEnd()) {
                throw new BadRecord(Reason.MALFORMED, "bytes are left after the " + schema.getName());
            }
            return value;
        } catch (EOFException end) {
            throw new BadRecord(Reason.TRUNCATED, "the " + schema.getName() + " ends too early");
        } catch (IOException | RuntimeException malformed) {
            // Avro reports malformed bytes with arbitrary exceptions.
            throw new BadRecord(Reason.MALFORMED, "the " + schema.getName() + " is malformed: " + malformed);
        }
    }

    /** @throws RegistryException if the schema cannot be registered */
    void register() {
        int unused = schemaId();
    }

    private int schemaId() {
        Integer known = schemaId;
        if (known == null) {
            known = registry.register(subject, plain(schema));
            schemaId = known;
        }
        return known;
    }

    private Schema writer(int id) throws BadRecord {
        Schema known = writers.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = WriterSchema.of(id, registry);
        if (!writer.getFullName().equals(schema.getFullName())) {
            throw new BadRecord(
                    Reason.UNKNOWN_EVENT_TYPE,
                    "the record is a " + writer.getFullName() + ", not a " + schema.getName());
        }
        writers.put(id, writer);
        return writer;
    }

    /** The schema as in its file, without the properties that the generator adds for Java. */
    private static Schema plain(Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(plain(JSON.readTree(schema.toString())).toString());
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a schema's own text is not JSON", impossible);
        }
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("avro.java.string");
            object.properties().forEach(entry -> entry.setValue(plain(entry.getValue())));
            boolean bare = object.size() == 1 && object.path("type").isTextual();
            return bare ? TextNode.valueOf(object.path("type").textValue()) : object;
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, plain(list.get(i)));
            }
        }
        return node;
    }

    /** Reads maps in written order, which for carry is the definition's order. */
    private static final class InOrder<T> extends SpecificDatumReader<T> {
        InOrder(Schema writer, Schema reader, SpecificData model) {
            super(writer, reader, model);
        }

        @Override
        protected Object newMap(Object old, int size) {
            return new LinkedHashMap<>();
        }
    }
}
