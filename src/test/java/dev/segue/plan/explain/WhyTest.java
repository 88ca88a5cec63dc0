// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.language.Expression;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.state.CustomerState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();

    @Test
    void eachDefinitionFindsItsOwnValueInASharedSeries() throws Exception {
        List<Definition> definitions =
                new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("a.yaml", """
                segment: product
                when: product_viewed.within('9d').map(v, v.product_id).most().value == 'p1'
                ---
                segment: category
                when: product_viewed.within('9d').map(v, v.category).most().value == 'shoes'
                """)));
        CustomerState ann = new CustomerState("ann");
        Plan.compile(definitions, SmallShop.VOCABULARY).apply(ann, view(), NOON, NOON);
        Why why = new Why(SmallShop.VOCABULARY, PlanOptions.defaults());
        for (Definition definition : definitions) {
            Expression when =
                    List.copyOf(DefinitionParts.of(definition).values()).get(0);
            assertThat(why.evaluate(when, ann, NOON).value())
                    .as(definition.name())
                    .isEqualTo(true);
        }
    }

    private static Event view() {
        EventType type = SmallShop.VOCABULARY.get("product_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e";
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(NOON);
        values[type.record().slot("product_id")] = "p1";
        values[type.record().slot("category")] = "shoes";
        return new Event(type, "ann", new Fields(type.record(), values));
    }
}
