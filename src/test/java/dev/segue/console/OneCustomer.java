// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events of one customer, with the changes and decisions that follow from them. */
public final class OneCustomer {
    private static final String DEFINITIONS = """
            segment: cart
            when: product_added.within('1h').count() > 0
            ---
            channel: email
            consent: 'true'
            ---
            trigger: reminder
            on: cart
            channel: email
            wait: 10m
            """;

    public final List<Event> events = new ArrayList<>();
    public final List<Change> changes = new ArrayList<>();
    public final List<TriggerDecision> decisions = new ArrayList<>();
    public final EventSchemas schemas;
    private final CustomerState state;
    private final Plan plan;

    public OneCustomer(String id) throws InvalidSchemas, InvalidDefinitions {
        schemas = EventSchemas.read(Path.of("schemas", "events"));
        state = new CustomerState(id);
        plan = Plan.compile(
                new DefinitionReader(schemas.vocabulary()).read(List.of(new DefinitionText("a.yaml", DEFINITIONS))),
                schemas.vocabulary());
    }

    /** @param fields further fields by name */
    public OneCustomer does(String what, Instant at, Map<String, Object> fields) {
        EventType type = schemas.vocabulary().get(what);
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e" + events.size();
        values[CommonFields.OCCURRED_AT] = at;
        fields.forEach((name, value) -> values[type.record().slot(name)] = value);
        Event event = new Event(type, state.customerId(), new Fields(type.record(), values));
        events.add(event);
        add(plan.apply(state, event, at.toEpochMilli(), at.toEpochMilli()));
        return this;
    }

    public OneCustomer waits(Instant until) {
        add(plan.advance(state, until.toEpochMilli(), until.toEpochMilli()));
        return this;
    }

    private void add(Effects effects) {
        changes.addAll(effects.changes());
        decisions.addAll(effects.decisions());
    }
}
