// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.event.SmallShop;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import dev.segue.story.PlanStage;
import dev.segue.story.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A story about customers in the field's words; the same on every {@link Stage}. */
public final class Scenario {
    private final Stage stage;
    private final List<Change> unseen = new ArrayList<>();
    private final List<TriggerDecision> decided = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Instant clock = Instant.EPOCH;
    private long duplicates;
    private int eventIds;

    private Scenario(Stage stage) {
        this.stage = stage;
    }

    /** A story on the plan alone. */
    public static Scenario of(String... definitions) {
        return on(new PlanStage(compile(definitions), false));
    }

    public static Scenario on(Stage stage) {
        return new Scenario(stage);
    }

    public static Plan compile(String... definitions) {
        return compile(PlanOptions.defaults(), definitions);
    }

    public static Plan compile(PlanOptions options, String... definitions) {
        try {
            List<Definition> read = new DefinitionReader(SmallShop.VOCABULARY)
                    .read(List.of(new DefinitionText("scenario.yaml", String.join("\n---\n", definitions))));
            return Plan.compile(read, SmallShop.VOCABULARY, options);
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
    }

    /**
     * An event that arrives in time or, if the story has passed its time, late; values are {@code field=value} pairs.
     */
    public Scenario event(String at, String customer, String type, String... values) {
        return eventWithId("e" + ++eventIds, at, customer, type, values);
    }

    public Scenario eventWithId(String id, String at, String customer, String type, String... values) {
        Event event = read(id, at, customer, type, values);
        Instant happened = Instant.parse(at);
        return event(event, happened.isAfter(clock) ? happened : clock);
    }

    /** An event whose sender's clock may be ahead of ours. */
    public Scenario eventReceived(String received, String at, String customer, String type, String... values) {
        return event(read("e" + ++eventIds, at, customer, type, values), Instant.parse(received));
    }

    private Scenario event(Event event, Instant received) {
        clock = received;
        run(() -> stage.event(event, received, clock));
        return this;
    }

    public Scenario timeIs(String at) {
        clock = Instant.parse(at);
        run(() -> stage.timeIs(clock));
        return this;
    }

    /** Stops the machine and continues with its stored state. */
    public Scenario restart() {
        run(stage::restart);
        return this;
    }

    /** Another plan takes over all states. */
    public Scenario becomes(String... definitions) {
        Plan plan = compile(definitions);
        run(() -> stage.becomes(plan));
        return this;
    }

    /**
     * Expects the changes since the last call, as {@code customer segment KIND instant}. The order between customers is
     * free.
     */
    public Scenario expect(String... changes) {
        Comparator<String> customer = Comparator.comparing(line -> line.substring(0, line.indexOf(' ')));
        assertThat(changes().stream().map(Scenario::format).sorted(customer).toList())
                .containsExactlyElementsOf(
                        Arrays.stream(changes).sorted(customer).toList());
        return this;
    }

    /**
     * Expects the decisions of triggers since the last call, as {@code customer trigger KIND instant}, with {@code until
     * instant} where there is one. The order between customers is free.
     */
    public Scenario expectDecisions(String... decisions) {
        Comparator<String> customer = Comparator.comparing(line -> line.substring(0, line.indexOf(' ')));
        assertThat(decisions().stream().map(Scenario::format).sorted(customer).toList())
                .containsExactlyElementsOf(
                        Arrays.stream(decisions).sorted(customer).toList());
        return this;
    }

    public List<TriggerDecision> decisions() {
        List<TriggerDecision> decisions = List.copyOf(decided);
        decided.clear();
        return decisions;
    }

    private static String format(TriggerDecision decision) {
        return decision.customerId() + " " + decision.trigger() + " " + decision.kind() + " " + decision.decidedAt()
                + (decision.until() == null ? "" : " until " + decision.until());
    }

    /** Expects the reasons for which events were refused since the last call. */
    public Scenario expectRefused(String... reasons) {
        assertThat(refused).containsExactly(reasons);
        refused.clear();
        return this;
    }

    /** Expects this number of duplicates since the last call. */
    public Scenario expectDuplicates(int number) {
        assertThat(duplicates).isEqualTo(number);
        duplicates = 0;
        return this;
    }

    public List<Change> changes() {
        List<Change> changes = List.copyOf(unseen);
        unseen.clear();
        return changes;
    }

    /** The limits that were reached, once per occurrence; on the plan alone only. */
    public List<Limit> limits() {
        return ((PlanStage) stage).limits();
    }

    /** The unusable parts of the events so far; on the plan alone only. */
    public List<InputProblem> problems() {
        return ((PlanStage) stage).problems();
    }

    /** The definitions of expressions that had no value, so far. */
    public List<String> failures() {
        return failures;
    }

    /** The state of a customer; on the plan alone only. */
    public CustomerState state(String customer) {
        return ((PlanStage) stage).state(customer);
    }

    /** On the plan alone only. */
    public Plan plan() {
        return ((PlanStage) stage).plan();
    }

    private static String format(Change change) {
        return change.customerId() + " " + change.segment() + " " + change.kind() + " " + change.effectiveAt();
    }

    private void run(Step step) {
        try {
            step.take();
            Stage.Told told = stage.told();
            unseen.addAll(told.changes());
            decided.addAll(told.decisions());
            failures.addAll(told.failures());
            refused.addAll(told.refused());
            duplicates += told.duplicates();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private interface Step {
        void take() throws Exception;
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
        if (type == FieldType.Scalar.BOOLEAN) {
            return Boolean.valueOf(text);
        }
        if (type == FieldType.Scalar.MIXED) {
            return text.matches("true|false")
                    ? (Object) Boolean.valueOf(text)
                    : text.matches("-?[0-9]+(\\.[0-9]+)?") ? (Object) Double.valueOf(text) : text;
        }
        if (type instanceof FieldType.Mapping mapping) {
            return Map.of(
                    text.substring(0, text.indexOf(':')),
                    parse(text.substring(text.indexOf(':') + 1), mapping.value()));
        }
        if (type instanceof FieldType.Nested nested) {
            Object[] slots = new Object[nested.record().fields().size()];
            int slot = nested.record().slot(text.substring(0, text.indexOf(':')));
            slots[slot] = parse(
                    text.substring(text.indexOf(':') + 1),
                    nested.record().fields().get(slot).type());
            return new Fields(nested.record(), slots);
        }
        if (type instanceof FieldType.Listing listing && listing.element() == FieldType.Scalar.STRING) {
            return List.of(text.split(",", -1));
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
}
