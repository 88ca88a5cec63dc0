// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.state.CustomerState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Triggers that are edited so that they need the past. */
class FilledTriggersTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;

    private final CustomerState ann = new CustomerState("ann");
    private final CustomerState history = new CustomerState("ann");

    @Test
    void goalCountsWhileThePastIsRead() throws Exception {
        Fill fill = edited();
        Effects bought = fill.silent().apply(ann, event("order_completed", "o", NOON + HOUR), NOON + HOUR, NOON + HOUR);
        assertThat(bought.decisions()).extracting(TriggerDecision::kind).containsExactly(TriggerDecision.Kind.GOAL);
        fill.past().apply(history, event("order_completed", "o", NOON + HOUR), NOON + HOUR, NOON + HOUR);
        assertThat(united(fill, NOON + 3 * HOUR)).isEmpty();
    }

    @Test
    void withoutGoalTheEndIsToldOnceThePastIsRead() throws Exception {
        Fill fill = edited();
        assertThat(fill.silent().advance(ann, NOON + 3 * HOUR, NOON + 3 * HOUR).decisions())
                .isEmpty();
        assertThat(united(fill, NOON + 3 * HOUR)).containsExactly(TriggerDecision.Kind.NO_GOAL);
    }

    /** Ann is sent something; then an edit makes the trigger depend on orders, of which nothing is known. */
    private Fill edited() throws Exception {
        Effects sent = Plan.compile(definitions("true"), SmallShop.VOCABULARY)
                .apply(ann, event("product_added", "e", NOON), NOON, NOON);
        assertThat(sent.decisions()).extracting(TriggerDecision::kind).containsExactly(TriggerDecision.Kind.SEND);
        SetPlans plans = SetPlans.compile(
                definitions("order_completed.count() < 9"),
                List.of(definitions("true")),
                Set.of("reminder"),
                Set.of("reminder"),
                SmallShop.VOCABULARY,
                PlanOptions.defaults());
        Fill fill = plans.fill();
        fill.past().apply(history, event("product_added", "e", NOON), NOON, NOON);
        return fill;
    }

    private List<TriggerDecision.Kind> united(Fill fill, long at) {
        return fill.unite(ann, new Fill.History(history, null), at, at).decisions().stream()
                .map(TriggerDecision::kind)
                .toList();
    }

    private static Event event(String name, String id, long time) {
        EventType type = SmallShop.VOCABULARY.get(name);
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = id;
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(time);
        return new Event(type, "ann", new Fields(type.record(), values));
    }

    private static List<Definition> definitions(String when) throws Exception {
        return new DefinitionReader(SmallShop.VOCABULARY)
                .read(List.of(new DefinitionText("a.yaml", """
                segment: cart
                when: product_added.within('1d').count() > 0
                ---
                channel: email
                consent: 'true'
                ---
                trigger: reminder
                on: cart
                channel: email
                when: "%s"
                goal: {event: order_completed, within: 2h}
                """.formatted(when))));
    }
}
