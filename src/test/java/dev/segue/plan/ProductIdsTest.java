// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event with a product sku only is grouped, joined and carried like any other. */
class ProductIdsTest {
    private static final String AT = "2026-05-04T08:00:00Z";

    @Test
    void groupsBySkuWithoutProductId() {
        Scenario.of("segment: keen\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.count() >= 2)")
                .event(AT, "ann", "product_viewed", "sku=RED")
                .event(AT, "ann", "product_viewed", "sku=BLUE")
                .expect()
                .event(AT, "ann", "product_viewed", "sku=RED", "product_id=")
                .expect("ann keen ENTERED " + AT);
    }

    @Test
    void filtersAndValuesReadSkuWithoutProductId() {
        Scenario scenario = Scenario.of(
                        "segment: red\nwhen: product_viewed.filter(v, v.product_id == 'RED').count() > 0",
                        "segment: named\nwhen: product_viewed.exists(v, has(v.product_id))",
                        "trait: latest\nvalue: product_viewed.latest().product_id")
                .event(AT, "ann", "product_viewed", "sku=RED");
        assertThat(scenario.changes()).extracting(change -> change.segment()).containsExactly("latest", "named", "red");
        scenario.event(AT, "bob", "product_viewed", "sku=RED", "product_id=shirt");
        assertThat(scenario.changes())
                .extracting(change -> change.value() == null ? change.segment() : change.value())
                .containsExactly("shirt", "named");
    }

    @Test
    void orderLinesReadSkuWithoutProductId() {
        Event order = Scenario.read("e", AT, "ann", "order_completed", "products=*1@2.50,p2*1@3");
        Fields line = (Fields) ((List<?>) order.fields().get("products")).get(0);
        Event bySku = withSku(order, line);
        Event seen = ProductIds.completed(bySku);
        assertThat((List<?>) seen.fields().get("products"))
                .extracting(product -> ((Fields) product).get("product_id"))
                .containsExactly("RED", "p2");
        assertThat(bySku.fields().get("products"))
                .as("what arrived stays as it is")
                .isNotEqualTo(seen.fields().get("products"));
    }

    @Test
    void returnsSameEventIfComplete() {
        Event named = Scenario.read("e", AT, "ann", "product_viewed", "product_id=shirt", "sku=RED");
        Event nameless = Scenario.read("e", AT, "ann", "product_viewed", "variant=XL");
        Event page = Scenario.read("e", AT, "ann", "page_viewed");
        Event order = Scenario.read("e", AT, "ann", "order_completed", "products=p1*1@2.50");
        for (Event event : List.of(named, nameless, page, order)) {
            assertThat(ProductIds.completed(event)).isSameAs(event);
        }
    }

    private static Event withSku(Event order, Fields first) {
        Object[] line = new Object[SmallShop.PRODUCT_LINE.fields().size()];
        for (int slot = 0; slot < line.length; slot++) {
            line[slot] = first.get(slot);
        }
        line[SmallShop.PRODUCT_LINE.slot("sku")] = "RED";
        Object[] values = new Object[order.type().record().fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = order.fields().get(slot);
        }
        Object second = ((List<?>) order.fields().get("products")).get(1);
        values[order.type().record().slot("products")] = List.of(new Fields(SmallShop.PRODUCT_LINE, line), second);
        return new Event(order.type(), "ann", new Fields(order.type().record(), values));
    }
}
