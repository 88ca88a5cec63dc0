// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes as JSON lines, as docs/language.md describes them: instants are ISO 8601 with milliseconds; null, false and
 * empty values are omitted.
 */
public final class ChangeJson {
    private ChangeJson() {}

    /** Returns one line, without a line end. */
    public static String write(Change change) {
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
            writeIf(json, "backfilled", change.backfilled());
            writeUnlessNull(json, "merged_into", change.mergedInto());
            json.writeEndObject();
        });
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
            writeUnlessNull(json, "history_since", part.historySince());
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
}
