// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** One step of a history. */
sealed interface Step {
    /** Milliseconds since the epoch. */
    long at();

    /** The same step at another time. */
    Step at(long time);

    /** The corresponding line of a scenario. */
    String line();

    /**
     * An event arrives.
     *
     * @param values field values as YAML has them
     */
    record Happens(String id, long at, String customer, String type, Map<String, Object> values) implements Step {
        @Override
        public Step at(long time) {
            return new Happens(id, time, customer, type, values);
        }

        @Override
        public String line() {
            StringBuilder line = new StringBuilder(".eventWithId(\"" + id + "\", \"" + Instant.ofEpochMilli(at)
                    + "\", \"" + customer + "\", \"" + type + "\"");
            values.forEach((field, value) -> line.append(", \"")
                    .append(field)
                    .append('=')
                    .append(value instanceof String text ? text : flow(value))
                    .append('"'));
            return line.append(')').toString();
        }

        Event event() {
            EventType eventType = SmallShop.VOCABULARY.get(type);
            Object[] slots = new Object[eventType.record().fields().size()];
            slots[eventType.record().slot("event_id")] = id;
            slots[eventType.record().slot("occurred_at")] = Instant.ofEpochMilli(at);
            values.forEach((name, raw) -> {
                int slot = eventType.record().slot(name);
                slots[slot] = typed(raw, eventType.record().fields().get(slot).type());
            });
            if (type.equals("profile_updated") && !values.containsKey("origin")) {
                slots[eventType.record().slot("origin")] = "stated";
            }
            return new Event(eventType, customer, new Fields(eventType.record(), slots));
        }
    }

    /**
     * A tick.
     *
     * @param looked whether customers' deadlines are evaluated; otherwise only the next event sees the tick
     */
    record Tick(long at, boolean looked) implements Step {
        @Override
        public Step at(long time) {
            return new Tick(time, looked);
        }

        @Override
        public String line() {
            return (looked ? ".timeIs(\"" : ".timePasses(\"") + Instant.ofEpochMilli(at) + "\")";
        }
    }

    /**
     * Switches to other definitions; customers are evaluated at the next step that concerns them.
     *
     * @param yaml all definitions from here on
     */
    record Becomes(long at, String yaml) implements Step {
        @Override
        public Step at(long time) {
            return new Becomes(time, yaml);
        }

        @Override
        public String line() {
            return ".becomes(\"\"\"\n" + yaml.replace("\\", "\\\\").indent(20) + "                    \"\"\")";
        }
    }

    /** Everything that is known of a customer is deleted. */
    record Erased(long at, String customer) implements Step {
        @Override
        public Step at(long time) {
            return new Erased(time, customer);
        }

        @Override
        public String line() {
            return ".erased(\"" + Instant.ofEpochMilli(at) + "\", \"" + customer + "\")";
        }
    }

    /**
     * All customers are counted, and the cuts between percentiles are published.
     *
     * @param seen when customers see them
     */
    record Counted(long at, Seen seen) implements Step {
        @Override
        public Step at(long time) {
            return new Counted(time, seen);
        }

        @Override
        public String line() {
            return ".counted(\"" + Instant.ofEpochMilli(at) + "\", Step.Seen." + seen + ")";
        }
    }

    /**
     * The shop says what is known of a product from now on.
     *
     * @param facts by field, and {@code variants} with those of each variant; none if the product is withdrawn
     * @param seen when customers see them
     * @param ahead how much later they become valid, in milliseconds
     */
    record Informed(long at, String product, Map<String, Object> facts, Seen seen, long ahead) implements Step {
        private static final String VARIANTS = "variants";

        /** What is said of the product itself. */
        Map<String, Object> stated() {
            Map<String, Object> stated = new LinkedHashMap<>(facts);
            stated.remove(VARIANTS);
            return stated;
        }

        /** What is said of each variant. */
        @SuppressWarnings("unchecked")
        Map<String, Map<String, Object>> variants() {
            return (Map<String, Map<String, Object>>) facts.getOrDefault(VARIANTS, Map.of());
        }

        /** The same with other variants. */
        Informed withVariants(Map<String, Map<String, Object>> variants) {
            Map<String, Object> changed = new LinkedHashMap<>(facts);
            changed.put(VARIANTS, variants);
            return new Informed(at, product, changed, seen, ahead);
        }

        @Override
        public Step at(long time) {
            return new Informed(time, product, facts, seen, ahead);
        }

        @Override
        public String line() {
            StringBuilder line = new StringBuilder(".informed(\"" + Instant.ofEpochMilli(at) + "\", \"" + product
                    + "\", Step.Seen." + seen + ", " + ahead);
            facts.forEach((field, value) -> line.append(", \"")
                    .append(field)
                    .append('=')
                    .append(value instanceof Map<?, ?> ? flow(value) : value)
                    .append('"'));
            return line.append(')').toString();
        }
    }

    /** When customers see cuts, or facts. */
    enum Seen {
        AT_ONCE,
        /** At the next step that concerns them. */
        NEXT_TIME,
        /** They are published after two more events, or before the next step that is no event. */
        LATE,
        /** Customers are counted as they are; what is published takes effect later than anything that has happened. */
        EARLY
    }

    /** An event as a line of a scenario: values are {@code field=value}, where a value is a text or YAML. */
    static Happens read(String id, String at, String customer, String type, String... values) {
        Map<String, Object> raw = new LinkedHashMap<>();
        for (String value : values) {
            String name = value.substring(0, value.indexOf('='));
            String text = value.substring(name.length() + 1);
            int slot = SmallShop.VOCABULARY.get(type).record().slot(name);
            FieldType fieldType =
                    SmallShop.VOCABULARY.get(type).record().fields().get(slot).type();
            raw.put(name, fieldType == FieldType.Scalar.STRING ? text : new Yaml().load(text));
        }
        return new Happens(id, Instant.parse(at).toEpochMilli(), customer, type, raw);
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Step::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
    }

    private static Object typed(Object raw, FieldType type) {
        if (type instanceof FieldType.Nested nested) {
            Map<?, ?> values = (Map<?, ?>) raw;
            List<Field> fields = nested.record().fields();
            Object[] slots = new Object[fields.size()];
            for (int slot = 0; slot < slots.length; slot++) {
                Object value = values.get(fields.get(slot).name());
                slots[slot] =
                        value == null ? null : typed(value, fields.get(slot).type());
            }
            return new Fields(nested.record(), slots);
        }
        if (type instanceof FieldType.Listing listing) {
            List<Object> list = new ArrayList<>();
            ((List<?>) raw).forEach(value -> list.add(typed(value, listing.element())));
            return List.copyOf(list);
        }
        if (type instanceof FieldType.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            ((Map<?, ?>) raw).forEach((key, value) -> map.put((String) key, typed(value, mapping.value())));
            return map;
        }
        return switch ((FieldType.Scalar) type) {
            case INTEGER -> ((Number) raw).longValue();
            case DOUBLE -> ((Number) raw).doubleValue();
            case DECIMAL -> new BigDecimal(raw.toString()).setScale(4);
            case TIMESTAMP -> Instant.parse(raw.toString());
            default -> raw;
        };
    }
}
