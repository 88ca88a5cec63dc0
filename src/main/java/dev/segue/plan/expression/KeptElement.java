// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.plan.state.Zones;
import dev.segue.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of an event that are stored for later conditions: those that cannot be decided when the event arrives,
 * because the profile may change or because they apply only to the latest few elements.
 */
public record KeptElement(List<String> names, Zones zones) implements Node {
    private static final Set<String> TIMES = Set.of("time", "hour", "weekday", "day");

    @Override
    public Object value(Frame frame) {
        return keep((Event) frame.element(0), names, zones);
    }

    static Map<String, Object> keep(Event event, List<String> names, Zones zones) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String name : names) {
            int slot = event.type().record().slot(name);
            if (slot >= 0) {
                Object value = event.fields().get(slot);
                if (value != null) {
                    kept.put(name, Values.plain(value));
                }
            } else if (TIMES.contains(name)) {
                kept.put(name, TimeField.of(event, TimeField.Part.of(name), zones));
            } else if (name.equals(EventTypeName.FIELD)) {
                kept.put(name, event.type().name());
            }
        }
        return kept;
    }
}
