// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the aggregates that an event may change. Aggregates whose filter requires {@code field == constant} are indexed
 * by the field's value, so that a thousand of them cost an event about as much as one.
 */
public final class EventIndex {
    private static final int[] NONE = {};

    /** The positions in the plan of the aggregates that an event of one type may change. */
    private static final class OfType {
        private int[] always = NONE;
        private final Map<FieldValue, Map<Object, int[]>> byValue = new HashMap<>();
    }

    /** Receives the position of an aggregate in the plan. */
    public interface Visitor {
        void visit(int aggregate);
    }

    private final Map<String, OfType> types = new HashMap<>();

    public EventIndex(List<Aggregate> aggregates) {
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
                        .merge(equality.constant(), new int[] {position}, EventIndex::concat);
                return;
            }
        }
        type.always = concat(type.always, new int[] {position});
    }

    private static int[] concat(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Visits every aggregate that may accept the event, which is the frame's element. */
    public void forEach(Event event, Frame frame, Visitor visitor) {
        OfType type = types.get(event.type().name());
        if (type == null) {
            return;
        }
        for (int position : type.always) {
            visitor.visit(position);
        }
        for (Map.Entry<FieldValue, Map<Object, int[]>> field : type.byValue.entrySet()) {
            for (int position : field.getValue().getOrDefault(field.getKey().value(frame), NONE)) {
                visitor.visit(position);
            }
        }
    }
}
