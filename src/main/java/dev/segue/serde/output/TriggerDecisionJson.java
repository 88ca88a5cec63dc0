// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.segue.event.TriggerDecision;
import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decisions of triggers as JSON lines: instants are ISO 8601 with milliseconds; null and empty values are omitted. */
public final class TriggerDecisionJson {
    private TriggerDecisionJson() {}

    /** Returns one line, without a line end. */
    public static String write(TriggerDecision decision) {
        return JsonLines.write(json -> {
            json.writeStartObject();
            json.writeStringField("decision_id", decision.decisionId());
            json.writeStringField("activation_id", decision.activationId());
            json.writeStringField("customer_id", decision.customerId());
            json.writeStringField("trigger", decision.trigger());
            json.writeStringField("trigger_version", decision.triggerVersion());
            json.writeStringField("channel", decision.channel());
            json.writeStringField("segment", decision.segment());
            json.writeStringField("change_id", decision.changeId());
            json.writeStringField("decision", decision.kind().name());
            json.writeBooleanField("final", decision.isFinal());
            writeUnlessNull(json, "decided_at", decision.decidedAt());
            writeUnlessNull(json, "detected_at", decision.detectedAt());
            writeUnlessNull(json, "started_at", decision.startedAt());
            writeUnlessNull(json, "until", decision.until());
            writeUnlessNull(json, "expires_at", decision.expiresAt());
            json.writeStringField("reason", decision.reason());
            writeUnlessNull(
                    json, "arm", decision.arm() == null ? null : decision.arm().name());
            if (decision.goal() != null) {
                json.writeStringField("goal_event_id", decision.goal().eventId());
                writeUnlessNull(json, "goal_value", decision.goal().value());
            }
            if (!decision.payload().isEmpty()) {
                writeUnlessNull(json, "payload", decision.payload());
            }
            json.writeEndObject();
        });
    }

    private static void writeUnlessNull(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            JsonLines.writeValue(json, value);
        }
    }
}
