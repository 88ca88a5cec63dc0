// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.event.Shown;
import dev.segue.serde.event.JsonLines;
import dev.segue.serde.event.LooseValues;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes as JSON lines, as docs/language.md describes them: instants are ISO 8601 with milliseconds; null, false and
 * empty values are omitted. Safe for several threads.
 */
public final class ChangeJson {

    /** One line, without a line end. */
    public String write(Change change) {
        return JsonLines.write(json -> {
            json.writeStartObject();
            json.writeStringField("change_id", change.changeId());
            json.writeStringField("customer_id", change.customerId());
            json.writeStringField("segment", change.segment());
            json.writeStringField("kind", change.kind().name());
            writeUnlessNull(json, "value", change.value());
            writeUnlessNull(json, "group", change.group());
            writeUnlessNull(json, "effective_at", change.effectiveAt());
            writeUnlessNull(json, "detected_at", change.detectedAt());
            writeUnlessNull(json, "entered_at", change.enteredAt());
            json.writeStringField("definition_version", change.definitionVersion());
            writeCause(json, change.cause());
            writeEvidence(json, change.evidence());
            if (!change.carry().isEmpty()) {
                writeUnlessNull(json, "carry", change.carry());
            }
            writeIf(json, "correction", change.correction());
            json.writeEndObject();
        });
    }

    /**
     * Reads one line. An instant within {@code value}, {@code evidence} or {@code carry} is returned as text, because
     * JSON does not distinguish the two.
     *
     * @throws BadRecord if the line is not a valid change; the message says why
     */
    public Change read(String line) throws BadRecord {
        try {
            JsonNode node = JsonLines.MAPPER.readTree(line);
            if (node == null || !node.isObject()) {
                throw new BadRecord(Reason.MALFORMED, "the line is not a JSON object");
            }
            JsonNode enteredAt = node.get("entered_at");
            return new Change(
                    text(node, "change_id"),
                    text(node, "customer_id"),
                    text(node, "segment"),
                    constant(Change.Kind.class, node),
                    node.has("value") ? value(node.get("value")) : null,
                    textOrNull(node, "group"),
                    instant(node, "effective_at"),
                    instant(node, "detected_at"),
                    enteredAt == null ? null : instant(node, "entered_at"),
                    text(node, "definition_version"),
                    cause(node.path("cause")),
                    evidence(node.path("evidence")),
                    node.has("carry") ? values(node.get("carry")) : Map.of(),
                    node.path("correction").asBoolean());
        } catch (JsonProcessingException problem) {
            throw JsonLines.malformed(problem);
        }
    }

    private static void writeCause(JsonGenerator json, Cause cause) throws IOException {
        json.writeObjectFieldStart("cause");
        json.writeStringField("kind", cause.kind().name());
        writeUnlessNull(json, "event_id", cause.eventId());
        writeUnlessNull(json, "event_type", cause.eventType());
        json.writeEndObject();
    }

    private static void writeEvidence(JsonGenerator json, List<Evidence> evidence) throws IOException {
        if (evidence.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("evidence");
        for (Evidence part : evidence) {
            json.writeStartObject();
            json.writeStringField("expression", part.expression());
            writeUnlessNull(json, "value", part.value());
            writeIf(json, "at_least", part.atLeast());
            writeIf(json, "approximate", part.approximate());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeIf(JsonGenerator json, String name, boolean flag) throws IOException {
        if (flag) {
            json.writeBooleanField(name, true);
        }
    }

    private static void writeUnlessNull(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            JsonLines.writeValue(json, value);
        }
    }

    private static Cause cause(JsonNode node) throws BadRecord {
        return new Cause(
                constant(Cause.Kind.class, node), textOrNull(node, "event_id"), textOrNull(node, "event_type"));
    }

    private static List<Evidence> evidence(JsonNode nodes) throws BadRecord {
        List<Evidence> evidence = new ArrayList<>();
        for (JsonNode node : nodes) {
            evidence.add(new Evidence(
                    text(node, "expression"),
                    value(node.path("value")),
                    node.path("at_least").asBoolean(),
                    node.path("approximate").asBoolean()));
        }
        return evidence;
    }

    private static Object value(JsonNode node) throws BadRecord {
        if (node.isObject()) {
            return values(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode element : node) {
                list.add(value(element));
            }
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        throw new BadRecord(Reason.WRONG_TYPE, "a value of the change is missing or null");
    }

    private static Map<String, Object> values(JsonNode object) throws BadRecord {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            values.put(entry.getKey(), value(entry.getValue()));
        }
        return values;
    }

    private static String text(JsonNode node, String name) throws BadRecord {
        String text = textOrNull(node, name);
        if (text == null) {
            throw new BadRecord(Reason.WRONG_TYPE, "'" + name + "' of the change is missing or not text");
        }
        return text;
    }

    private static @Nullable String textOrNull(JsonNode node, String name) {
        return node.path(name).textValue();
    }

    private static <E extends Enum<E>> E constant(Class<E> kinds, JsonNode node) throws BadRecord {
        String name = text(node, "kind");
        try {
            return Enum.valueOf(kinds, name);
        } catch (IllegalArgumentException unknown) {
            throw new BadRecord(Reason.WRONG_TYPE, "kind is " + Shown.value(name) + ", which is not a kind of change");
        }
    }

    private static Instant instant(JsonNode node, String name) throws BadRecord {
        String text = text(node, name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException noTime) {
            throw LooseValues.wrong(name, "a time such as 2025-11-01T10:00:00.000Z", text);
        }
    }
}
