// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.event.SmallShop;
import dev.segue.plan.Plan;
import dev.segue.plan.identity.Linking;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A replay knows all facts of products from the beginning, and each customer lives through them. */
class ReplayProductsTest {
    private final List<ProductFacts> facts = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Test
    void customersChangeAtTheInstantsOfFacts() {
        price("a", "10:00:00", 5);
        price("a", "10:30:00.001", 2);
        price("a", "10:45:00", 7);
        view("09:00:00", "ann", "a");
        view("11:00:00", "bob", "a");
        view("12:00:00", "ann", "b");
        assertThat(replay("segment: cheap\nwhen: product_viewed.exists(v, product(v.product_id).price == 2.0)"))
                .containsExactly("10:30:00.001 ann cheap ENTERED PRODUCT", "10:45:00 ann cheap EXITED PRODUCT");
    }

    @Test
    void othersAreComparedAtTheNextMinuteAfterFacts() {
        price("a", "08:00:00", 1);
        price("b", "08:00:00", 2);
        price("a", "11:00:30", 3);
        view("10:00:00", "ann", "a");
        view("10:00:00", "bob", "b");
        assertThat(replay("""
                        segment: dear
                        when: product_viewed.map(v, product(v.product_id).price).sum().percentile() >= 50.0
                        population: {minimum: 1}
                        """))
                .containsExactly(
                        "10:00:00 bob dear ENTERED POPULATION",
                        "11:00:30 ann dear ENTERED PRODUCT",
                        "11:01:00 bob dear EXITED POPULATION");
    }

    private void price(String product, String time, long price) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("price")] = BigDecimal.valueOf(price).setScale(4);
        facts.add(new ProductFacts(product, at(time).toEpochMilli(), new Fields(ProductFacts.TYPE, values)));
    }

    private void view(String time, String customer, String product) {
        EventType type = SmallShop.VOCABULARY.get("product_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e" + events.size();
        values[CommonFields.OCCURRED_AT] = at(time);
        values[type.record().slot("product_id")] = product;
        events.add(new Event(type, customer, new Fields(type.record(), values)));
    }

    private static Instant at(String time) {
        return Instant.parse("2025-01-01T" + time + "Z");
    }

    private List<String> replay(String definitions) {
        try {
            Plan plan = Plan.compile(
                    new DefinitionReader(SmallShop.VOCABULARY)
                            .read(List.of(new DefinitionText("test.yaml", definitions))),
                    SmallShop.VOCABULARY);
            Linking linking = new Linking(IdentitySettings.defaults(), LimitSettings.defaults());
            Until noon = new Until.At(at("12:00:00").toEpochMilli());
            return new Replay(plan, linking, ProductFile.table(facts))
                    .run(new EventsInMemory(events), noon).changes().stream()
                            .map(change -> change.effectiveAt()
                                            .toString()
                                            .substring(11)
                                            .replace("Z", "") + " "
                                    + change.customerId() + " " + change.segment() + " " + change.kind() + " "
                                    + change.cause().kind())
                            .toList();
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }
}
