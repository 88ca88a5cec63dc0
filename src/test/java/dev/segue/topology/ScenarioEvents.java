// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Sends events of the shipped vocabulary to a scenario; ids count from 1. */
final class ScenarioEvents {
    private final EventBuilder builder;
    private int sent;

    ScenarioEvents() throws Exception {
        builder =
                new EventBuilder(EventSchemas.read(Path.of("schemas", "events")).vocabulary());
    }

    /** @param values names and values of further fields */
    void send(TopologyScenario scenario, String customer, Instant at, String type, String... values) throws Exception {
        sent++;
        Map<String, Object> event = new HashMap<>(
                Map.of("type", type, "customer_id", customer, "event_id", "e" + sent, "occurred_at", at.toString()));
        for (int index = 0; index < values.length; index += 2) {
            event.put(values[index], values[index + 1]);
        }
        scenario.event(builder.build(event));
    }

    /** Sends an order of its own. */
    void order(TopologyScenario scenario, String customer, Instant at, String total) throws Exception {
        send(scenario, customer, at, "order_completed", "order_id", "o" + (sent + 1), "total", total);
    }

    /** Returns several definitions as one text. */
    static String set(String... definitions) {
        return String.join("\n---\n", definitions);
    }
}
