// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.plan.state.Zones;
import dev.segue.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
            int dot = name.indexOf('.');
            if (dot >= 0) {
                if (!names.contains(name.substring(0, dot))) {
                    keepPart(event, name.substring(0, dot), name.substring(dot + 1), kept);
                }
                continue;
            }
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

    /** Keeps one field of each record of a list. */
    private static void keepPart(Event event, String list, String field, Map<String, Object> kept) {
        if (!(event.fields().get(list) instanceof List<?> records)) {
            return;
        }
        @SuppressWarnings("unchecked") // Only this method stores lists of records that are not kept whole.
        List<Map<String, Object>> maps = (List<Map<String, Object>>) kept.computeIfAbsent(
                list,
                absent -> records.stream().map(any -> new LinkedHashMap<>()).toList());
        for (int index = 0; index < maps.size(); index++) {
            Fields fields = (Fields) records.get(index);
            int slot = fields.type().slot(field);
            Object value = slot < 0 ? null : fields.get(slot);
            if (value != null) {
                maps.get(index).put(field, Values.plain(value));
            }
        }
    }

    /** Returns the names of whole fields. */
    static Set<String> whole(Set<String> names) {
        return names.stream()
                .map(name -> name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
