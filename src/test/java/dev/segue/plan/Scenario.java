package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.SmallShop;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A story about customers, told in the field's words, on the bare plan. */
public final class Scenario {
    private final Plan plan;
    private final Map<String, CustomerState> customers = new TreeMap<>();
    private final List<Change> unseen = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private long tick = Long.MIN_VALUE;
    private int eventIds;

    private Scenario(Plan plan) {
        this.plan = plan;
    }

    public static Scenario of(String... definitions) {
        return new Scenario(compile(definitions));
    }

    public static Plan compile(String... definitions) {
        try {
            List<Definition> read = new DefinitionReader(SmallShop.VOCABULARY)
                    .read(List.of(new DefinitionText("scenario.yaml", String.join("\n---\n", definitions))));
            return Plan.compile(read, SmallShop.VOCABULARY);
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
    }

    /** An event now; values are {@code field=value} pairs. */
    public Scenario event(String at, String customer, String type, String... values) {
        return eventWithId("e" + ++eventIds, at, customer, type, values);
    }

    public Scenario eventWithId(String id, String at, String customer, String type, String... values) {
        Event event = read(id, at, customer, type, values);
        CustomerState state = customers.computeIfAbsent(customer, CustomerState::new);
        Effects effects = plan.apply(state, event, tick, event.time());
        unseen.addAll(effects.changes());
        failures.addAll(effects.failures());
        return this;
    }

    public static Event read(String id, String at, String customer, String type, String... values) {
        EventType eventType = SmallShop.VOCABULARY.get(type);
        Object[] slots = new Object[eventType.record().fields().size()];
        slots[eventType.record().slot("event_id")] = id;
        slots[eventType.record().slot("occurred_at")] = Instant.parse(at);
        for (String value : values) {
            String name = value.substring(0, value.indexOf('='));
            int slot = eventType.record().slot(name);
            Field field = eventType.record().fields().get(slot);
            slots[slot] = parse(value.substring(name.length() + 1), field.type());
        }
        return new Event(eventType, customer, new Fields(eventType.record(), slots));
    }

    private static Object parse(String text, FieldType type) {
        if (type == FieldType.Scalar.DECIMAL) {
            return new BigDecimal(text).setScale(4);
        }
        if (type == FieldType.Scalar.DOUBLE) {
            return Double.valueOf(text);
        }
        if (type == FieldType.Scalar.INTEGER) {
            return Long.valueOf(text);
        }
        if (type instanceof FieldType.Mapping) {
            return Map.of(text.substring(0, text.indexOf(':')), text.substring(text.indexOf(':') + 1));
        }
        if (type instanceof FieldType.Listing) {
            return Arrays.stream(text.split(",", -1)).map(Scenario::product).toList();
        }
        return text;
    }

    /** A product line, as {@code p1*2@9.90}: product, quantity, price. */
    private static Fields product(String text) {
        String[] parts = text.split("[*@]", -1);
        RecordType type = SmallShop.PRODUCT_LINE;
        Object[] slots = new Object[type.fields().size()];
        slots[type.slot("product_id")] = parts[0];
        slots[type.slot("quantity")] = Double.valueOf(parts[1]);
        slots[type.slot("price")] = new BigDecimal(parts[2]).setScale(4);
        return new Fields(type, slots);
    }

    public Scenario timeIs(String at) {
        tick = Instant.parse(at).toEpochMilli();
        customers.values().forEach(state -> {
            Effects effects = plan.advance(state, tick, tick);
            unseen.addAll(effects.changes());
            failures.addAll(effects.failures());
        });
        return this;
    }

    /** Another plan takes over all states. */
    public Scenario becomes(String... definitions) {
        Scenario next = new Scenario(compile(definitions));
        next.customers.putAll(customers);
        next.tick = tick;
        next.eventIds = eventIds;
        return next;
    }

    /** The changes since the last look, as {@code customer segment KIND instant}. */
    public Scenario expect(String... changes) {
        assertThat(unseen.stream().map(Scenario::tell).toList()).containsExactly(changes);
        unseen.clear();
        return this;
    }

    public List<Change> changes() {
        List<Change> changes = List.copyOf(unseen);
        unseen.clear();
        return changes;
    }

    public List<Failure> failures() {
        return failures;
    }

    public CustomerState state(String customer) {
        return customers.get(customer);
    }

    public Plan plan() {
        return plan;
    }

    private static String tell(Change change) {
        return change.customerId() + " " + change.segment() + " " + change.kind() + " " + change.effectiveAt();
    }
}
