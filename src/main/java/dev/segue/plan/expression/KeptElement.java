// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.plan.state.Retention;
import dev.segue.plan.state.Zones;
import dev.segue.value.EvaluationException;
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
            } else if (name.equals(Element.TypeName.FIELD)) {
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

    /**
     * An element of one or more streams: a bit for each of them, and, for an element of the first, the fields that are
     * read of it. The value is a map, so a series that grows too long drops its oldest elements and never merges them.
     *
     * @param streams the stream whose elements are read, then those that it is related to
     */
    public record Marked(List<Stream> streams, KeptElement first) implements Node {
        /** The entry with the bits; no field has this name. */
        private static final String STREAMS = "";

        /**
         * Recognises the elements of a stream.
         *
         * @param filters conditions on the element; one that has no value does not hold
         */
        record Stream(Set<String> eventTypes, List<Node> filters) {
            private boolean contains(Event event, Frame frame) {
                if (!eventTypes.contains(event.type().name())) {
                    return false;
                }
                try {
                    for (int index = 0; index < filters.size(); index++) {
                        if (!filters.get(index).test(frame)) {
                            return false;
                        }
                    }
                    return true;
                } catch (EvaluationException none) {
                    return false; // A guard of the reading reports it.
                }
            }
        }

        /** Returns the series of the elements of all streams. */
        SeriesAggregate series(int id, Retention retention) {
            Set<String> types = streams.stream()
                    .flatMap(stream -> stream.eventTypes().stream())
                    .collect(Collectors.toUnmodifiableSet());
            SeriesAggregate.Value value = new SeriesAggregate.Value(0, List.of(), this, "the stream");
            return new SeriesAggregate(id, types, List.of(new IsAny(this)), List.of(value), retention);
        }

        /** Returns the bits of the streams that a stored element belongs to. */
        static long streams(Map<?, ?> element) {
            return element.get(STREAMS) instanceof Long bits ? bits : 0;
        }

        private long bits(Frame frame) {
            Event event = (Event) frame.element(0);
            long bits = 0;
            for (int index = 0; index < streams.size(); index++) {
                bits |= streams.get(index).contains(event, frame) ? 1L << index : 0;
            }
            return bits;
        }

        @Override
        public Object value(Frame frame) {
            long bits = bits(frame);
            Map<String, Object> element = new LinkedHashMap<>();
            element.put(STREAMS, bits);
            if ((bits & 1) != 0) {
                element.putAll(keep((Event) frame.element(0), first.names, first.zones));
            }
            return element;
        }

        /** Holds for an element of any of the streams. */
        record IsAny(Marked marked) implements Node {
            @Override
            public Object value(Frame frame) {
                return marked.bits(frame) != 0;
            }
        }
    }
}
