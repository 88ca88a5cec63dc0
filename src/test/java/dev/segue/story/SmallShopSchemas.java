// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import dev.segue.event.SmallShop;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Generates Avro schemas from the small shop's vocabulary. */
public final class SmallShopSchemas {
    private static final Pattern WORD_START = Pattern.compile("(?:^|_)([a-z])");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names of the records written so far: Avro requires a full definition once, and the name afterwards. */
    private final Set<String> known = new HashSet<>();

    private SmallShopSchemas() {}

    /** Writes one file per type into a directory. */
    public static void write(Path directory) throws Exception {
        for (EventType type : SmallShop.VOCABULARY.types()) {
            ObjectNode schema = new SmallShopSchemas().eventSchema(type);
            Files.write(directory.resolve(type.name() + ".avsc"), JSON.writeValueAsBytes(schema));
        }
    }

    /** The schemas as an installation reads them. */
    public static EventSchemas read() throws Exception {
        Path directory = Files.createTempDirectory("small-shop");
        try {
            write(directory);
            return EventSchemas.read(directory);
        } finally {
            Trees.delete(directory);
        }
    }

    private ObjectNode eventSchema(EventType type) {
        String name = WORD_START
                .matcher(type.name())
                .replaceAll(start -> start.group(1).toUpperCase(Locale.ROOT));
        ObjectNode schema = record(name, type.record().fields());
        schema.put("namespace", "dev.segue.events");
        if (!type.activity()) {
            schema.put("segue.activity", false);
        }
        return schema;
    }

    private ObjectNode record(String name, List<Field> fields) {
        known.add(name);
        ObjectNode record = JSON.createObjectNode().put("type", "record").put("name", name);
        ArrayNode written = record.putArray("fields");
        for (Field field : fields) {
            ObjectNode one = written.addObject().put("name", field.name()).put("doc", field.doc());
            if (field.name().equals("event_id") || field.name().equals("occurred_at")) {
                one.set("type", type(field.type()));
            } else {
                one.putNull("default").putArray("type").add("null").add(type(field.type()));
            }
        }
        return record;
    }

    private JsonNode type(FieldType type) {
        if (type instanceof FieldType.Nested nested) {
            RecordType record = nested.record();
            return known.contains(record.name())
                    ? TextNode.valueOf(record.name())
                    : record(record.name(), record.fields());
        }
        if (type instanceof FieldType.Listing listing) {
            return JSON.createObjectNode().put("type", "array").set("items", type(listing.element()));
        }
        if (type instanceof FieldType.Mapping mapping) {
            return JSON.createObjectNode()
                    .put("type", "map")
                    .set("values", mapping.value() == FieldType.Scalar.MIXED ? mixed() : type(mapping.value()));
        }
        return scalar((FieldType.Scalar) type);
    }

    private static ArrayNode mixed() {
        return JSON.createArrayNode().add("string").add("double").add("boolean");
    }

    private static ObjectNode scalar(FieldType.Scalar type) {
        ObjectNode node = JSON.createObjectNode();
        return switch (type) {
            case BOOLEAN -> node.put("type", "boolean");
            case STRING -> node.put("type", "string");
            case INTEGER -> node.put("type", "long");
            case DOUBLE -> node.put("type", "double");
            case DECIMAL ->
                node.put("type", "bytes")
                        .put("logicalType", "decimal")
                        .put("precision", 18)
                        .put("scale", 4);
            case TIMESTAMP -> node.put("type", "long").put("logicalType", "timestamp-millis");
            case MIXED, DURATION -> throw new IllegalArgumentException("no field is a " + type.describe());
        };
    }
}
