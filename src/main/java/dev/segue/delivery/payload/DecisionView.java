// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

import dev.segue.event.TriggerDecision;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision as names and values: as JSON, and as the variable {@code decision} of expressions. */
public final class DecisionView {
    private DecisionView() {}

    /** Without what is unset. Instants are {@link java.time.Instant}s. */
    public static Map<String, Object> of(TriggerDecision decision) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("decision_id", decision.decisionId());
        values.put("activation_id", decision.activationId());
        values.put("customer_id", decision.customerId());
        values.put("trigger", decision.trigger());
        values.put("trigger_version", decision.triggerVersion());
        values.put("channel", decision.channel());
        values.put("segment", decision.segment());
        values.put("change_id", decision.changeId());
        values.put("decision", decision.kind().name());
        values.put("final", decision.isFinal());
        values.put("decided_at", decision.decidedAt());
        values.put("detected_at", decision.detectedAt());
        values.put("started_at", decision.startedAt());
        putUnlessNull(values, "until", decision.until());
        putUnlessNull(values, "expires_at", decision.expiresAt());
        values.put("reason", decision.reason());
        putUnlessNull(
                values, "arm", decision.arm() == null ? null : decision.arm().name());
        if (decision.goal() != null) {
            values.put("goal_event_id", decision.goal().eventId());
            putUnlessNull(values, "goal_value", decision.goal().value());
        }
        values.put("payload", decision.payload());
        return values;
    }

    private static void putUnlessNull(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** CEL has no exact decimals, so they become doubles. */
    static Object forCel(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(DecisionView::forCel).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, element) -> converted.put(key, forCel(element)));
            return converted;
        }
        return value;
    }
}
