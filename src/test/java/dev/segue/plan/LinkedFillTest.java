// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** If the past of a customer's other ids is not known, it must not replace what is known of the customer. */
class LinkedFillTest {
    private static final String BEFORE = "segment: seen-today\nwhen: page_viewed.within('1d').count() >= 2\n";
    private static final String AFTER =
            BEFORE + "---\nsegment: seen-long-ago\nwhen: page_viewed.within('9d').count() >= 1\n"
                    + "carry:\n  urls: page_viewed.within('9d').map(p, p.url)\n";

    @Test
    void otherDefinitionsLoseNothing() throws Exception {
        Plan before = Plan.compile(read(BEFORE), SmallShop.VOCABULARY);
        SetPlans plans = SetPlans.compile(
                read(AFTER),
                List.of(),
                Set.of("seen-long-ago"),
                Set.of(),
                SmallShop.VOCABULARY,
                PlanOptions.defaults());
        Fill fill = Objects.requireNonNull(plans.fill());
        CustomerState ann = new CustomerState("ann");
        CustomerState device = new CustomerState("d1");
        apply(before, ann, "e1", "2025-11-01T10:00:00Z");
        apply(before, device, "e2", "2025-11-01T10:01:00Z");
        assertThat(before.leave(device, "ann", 0, 0).changes()).isEmpty();
        device.linkedIds().add("d1", device.clock().now());
        assertThat(before.unite(ann, device, 0, 0).changes()).hasSize(1);
        assertThat(ann.memberships()).extracting(Membership::segment).containsExactly("seen-today");

        CustomerState past = new CustomerState("ann");
        apply(fill.past(), past, "e1", "2025-11-01T10:00:00Z");
        long now = Instant.parse("2025-11-01T10:02:00Z").toEpochMilli();
        Effects effects = fill.unite(ann, new Fill.History(past, null, false), now, now);
        assertThat(ann.memberships()).extracting(Membership::segment).containsExactly("seen-long-ago", "seen-today");
        assertThat(effects.changes()).extracting(change -> change.segment()).containsExactly("seen-long-ago");
        assertThat(effects.limits()).contains(Limit.PAST);
    }

    private static List<Definition> read(String text) throws Exception {
        return new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("test.yaml", text)));
    }

    private static void apply(Plan plan, CustomerState state, String id, String at) {
        EventType type = SmallShop.VOCABULARY.get("page_viewed");
        Object[] slots = new Object[type.record().fields().size()];
        slots[type.record().slot("event_id")] = id;
        slots[type.record().slot("occurred_at")] = Instant.parse(at);
        slots[type.record().slot("url")] = "/" + id;
        Event event = new Event(type, state.customerId(), new Fields(type.record(), slots));
        var unused = plan.apply(state, event, Long.MIN_VALUE, event.time());
    }
}
