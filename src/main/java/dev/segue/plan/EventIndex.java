package dev.segue.plan;

import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which aggregates an event may touch. Aggregates whose filter asks for {@code field == constant} are found by the
 * field's value, so that a thousand of them cost an event about as much as one.
 */
final class EventIndex {
    /** The positions of aggregates in the plan that an event of one type may touch. */
    private static final class OfType {
        private final List<Integer> always = new ArrayList<>();
        private final Map<FieldValue, Map<Object, List<Integer>>> byValue = new HashMap<>();
    }

    /** Takes the position of an aggregate in the plan. */
    interface Visitor {
        void visit(int aggregate);
    }

    private final Map<String, OfType> types = new HashMap<>();

    EventIndex(List<Aggregate> aggregates) {
        for (int position = 0; position < aggregates.size(); position++) {
            for (String type : aggregates.get(position).eventTypes()) {
                add(types.computeIfAbsent(type, absent -> new OfType()), aggregates.get(position), position);
            }
        }
    }

    private static void add(OfType type, Aggregate aggregate, int position) {
        for (Node filter : aggregate.filters()) {
            Equality equality = Equality.in(filter);
            if (equality != null) {
                type.byValue
                        .computeIfAbsent(equality.field(), absent -> new HashMap<>())
                        .computeIfAbsent(equality.constant(), absent -> new ArrayList<>())
                        .add(position);
                return;
            }
        }
        type.always.add(position);
    }

    void forEach(Event event, Visitor visitor) {
        OfType type = types.get(event.type().name());
        if (type == null) {
            return;
        }
        type.always.forEach(visitor::visit);
        if (!type.byValue.isEmpty()) {
            Frame frame = new Frame(event);
            type.byValue.forEach((field, positions) ->
                    positions.getOrDefault(field.value(frame), List.of()).forEach(visitor::visit));
        }
    }
}
