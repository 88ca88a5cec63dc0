// SPDX-License-Identifier: Apache-2.0
package dev.segue.bench;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.plan.Plan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events for the benchmarks. */
final class Histories {
    private Histories() {}

    static Plan plan(List<String> definitions) {
        List<DefinitionText> texts = new ArrayList<>();
        definitions.forEach(text -> texts.add(new DefinitionText("bench-" + texts.size() + ".yaml", text)));
        try {
            return Plan.compile(new DefinitionReader(SmallShop.VOCABULARY).read(texts), SmallShop.VOCABULARY);
        } catch (InvalidDefinitions invalid) {
            throw new IllegalStateException(invalid);
        }
    }

    /** A customer views a product. */
    static Event view(String customer, long number, long time, String product, String category) {
        EventType type = SmallShop.VOCABULARY.get("product_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[type.record().slot("event_id")] = "e" + number;
        values[type.record().slot("occurred_at")] = Instant.ofEpochMilli(time);
        values[type.record().slot("product_id")] = product;
        values[type.record().slot("category")] = category;
        values[type.record().slot("price")] =
                BigDecimal.valueOf(number % 1000, 2).setScale(4);
        return new Event(type, customer, new Fields(type.record(), values));
    }
}
