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
import dev.segue.event.ProductFacts;
import dev.segue.event.SmallShop;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Definitions that get their past, and ask about products from then on. */
class FilledProductsTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();

    private final ProductTable table = new ProductTable();

    @Test
    void groupThatNobodyIsInAfterItsPastAsksAboutProducts() throws Exception {
        stock("p1", 5, NOON - 1);
        Plan before = Plan.compile(definitions(5), SmallShop.VOCABULARY);
        CustomerState ann = customer();
        before.apply(ann, view(), NOON, NOON);
        assertThat(ann.membershipOfGroup("stock")).isNotNull();

        SetPlans plans = SetPlans.compile(
                definitions(7),
                List.of(definitions(5)),
                Set.of("stock"),
                Set.of("stock"),
                SmallShop.VOCABULARY,
                PlanOptions.defaults());
        Fill fill = plans.fill();
        assertThat(fill.silent().advance(ann, NOON + 1, NOON + 1).changes()).isEmpty();
        CustomerState history = customer();
        fill.past().apply(history, view(), NOON, NOON);
        Effects filled = fill.unite(ann, new Fill.History(history, null), NOON + 2, NOON + 2);
        assertThat(filled.changes()).hasSize(1);
        assertThat(ann.askedProducts().all()).containsExactly(AskedProducts.hash("p1"));

        stock("p1", 7, NOON + 3);
        assertThat(plans.full().advance(ann, NOON + 3, NOON + 3).changes()).hasSize(1);
        assertThat(ann.membershipOfGroup("stock")).isNotNull();
    }

    private CustomerState customer() {
        CustomerState customer = new CustomerState("ann");
        customer.setProducts(table);
        return customer;
    }

    private void stock(String product, long pieces, long at) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("stock")] = pieces;
        assertThat(table.add(new ProductFacts(product, at, new Fields(ProductFacts.TYPE, values))))
                .isNotNull();
    }

    private static Event view() {
        EventType type = SmallShop.VOCABULARY.get("product_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e";
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(NOON);
        values[type.record().slot("product_id")] = "p1";
        return new Event(type, "ann", new Fields(type.record(), values));
    }

    private static List<Definition> definitions(int stock) throws Exception {
        return new DefinitionReader(SmallShop.VOCABULARY)
                .read(List.of(new DefinitionText("a.yaml", """
                group: stock
                first:
                  some: product_viewed.exists(v, product(v.product_id).stock == %d)
                """.formatted(stock))));
    }
}
