// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.Limit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of the cart and removals. Lines are written as product/variant/sku*quantity. */
class CartProductsTest {
    private static final String LINES = """
            segment: shopper
            when: activity.count() > 0
            update: carry
            carry:
              lines: cart.map(i, i.product_id + '/' + i.variant + '/' + i.sku + '*' + string(i.quantity))
              prices: cart.map(i, i.price)
            """;

    private final Scenario scenario = Scenario.of(LINES);
    private Instant at = Instant.parse("2026-05-04T08:00:00Z");

    private CartProductsTest added(String... values) {
        return event("product_added", values);
    }

    private CartProductsTest removed(String... values) {
        return event("product_removed", values);
    }

    private CartProductsTest event(String type, String... values) {
        at = at.plusSeconds(60);
        scenario.event(at.toString(), "ann", type, values);
        return this;
    }

    private void hasLines(String... lines) {
        assertThat(carried("lines")).isEqualTo(List.of(lines));
    }

    private Object carried(String name) {
        scenario.restart();
        List<Change> changes = scenario.changes();
        return changes.get(changes.size() - 1).carry().get(name);
    }

    @Test
    void skuIdentifiesProductWithoutId() {
        added("sku=RED").added("sku=BLUE", "product_id=").removed("sku=RED").hasLines("BLUE//BLUE*1.0");
    }

    @Test
    void variantsAndSkusHaveSeparateLinesInOrderOfAddition() {
        added("product_id=mug", "variant=large")
                .added("product_id=mug")
                .added("product_id=mug", "sku=M-1")
                .added("product_id=mug", "variant=large", "quantity=2")
                .hasLines("mug/large/*3.0", "mug//*1.0", "mug//M-1*1.0");
    }

    @Test
    void removingVariantTakesItsLineAndUnnamedLines() {
        added("product_id=mug", "variant=large")
                .added("product_id=mug", "variant=small")
                .added("product_id=mug")
                .removed("product_id=mug", "variant=small")
                .hasLines("mug/large/*1.0");
    }

    @Test
    void removingSkuKeepsOtherSkusAndVariants() {
        added("product_id=mug", "sku=M-1", "variant=large")
                .added("product_id=mug", "sku=M-2", "variant=large")
                .added("product_id=mug", "sku=M-1", "variant=small")
                .removed("product_id=mug", "sku=M-1", "variant=large")
                .hasLines("mug/large/M-2*1.0", "mug/small/M-1*1.0");
    }

    @Test
    void removesQuantityFromFirstLineFirst() {
        added("product_id=mug", "variant=large", "quantity=2")
                .added("product_id=bowl")
                .added("product_id=mug", "variant=small", "quantity=2")
                .removed("product_id=mug", "quantity=3")
                .hasLines("bowl//*1.0", "mug/small/*1.0");
    }

    @Test
    void removingMoreThanPresentRemovesProduct() {
        added("product_id=mug", "quantity=2")
                .added("product_id=bowl")
                .removed("product_id=mug", "quantity=5")
                .added("product_id=mug")
                .hasLines("bowl//*1.0", "mug//*1.0");
    }

    @Test
    void nonPositiveQuantityAddsOneAndRemovesAll() {
        added("product_id=mug", "quantity=0")
                .added("product_id=mug", "quantity=-4")
                .hasLines("mug//*2.0");
        added("product_id=bowl").removed("product_id=mug", "quantity=0").hasLines("bowl//*1.0");
        removed("product_id=bowl", "quantity=-1").hasLines();
    }

    @Test
    void quantitiesAreExactToSixDecimals() {
        added("product_id=tea", "quantity=0.1")
                .added("product_id=tea", "quantity=0.2")
                .hasLines("tea//*0.3");
        removed("product_id=tea", "quantity=0.299999").hasLines("tea//*1.0E-6");
        removed("product_id=tea", "quantity=0.000001").hasLines();
    }

    @Test
    void lineHasLatestSetPrice() {
        added("product_id=mug", "variant=large", "price=8")
                .added("product_id=mug", "variant=small", "price=5")
                .added("product_id=mug", "variant=large", "price=9")
                .added("product_id=mug", "variant=large");
        assertThat(carried("prices")).isEqualTo(List.of(9.0, 5.0));
    }

    @Test
    void ignoresEventWithoutProduct() {
        added("product_id=mug").removed("variant=large").added("variant=large").hasLines("mug//*1.0");
    }

    @Test
    void lateRemovalAffectsCartOfItsTime() {
        added("product_id=mug", "variant=large", "quantity=2").added("product_id=mug", "variant=small");
        Instant between = at.minusSeconds(1);
        scenario.event(between.toString(), "ann", "product_removed", "product_id=mug");
        hasLines("mug/small/*1.0");
    }

    @Test
    void orderEmptiesCart() {
        added("product_id=mug", "variant=large")
                .added("sku=B-1")
                .event("order_completed")
                .added("product_id=cup")
                .hasLines("cup//*1.0");
    }

    @Test
    void mergesLongCartIntoItsLines() {
        for (int step = 0; step < CartLog.CAP; step++) {
            added("product_id=mug", "variant=v" + step % 2, "sku=s" + step % 3);
        }
        assertThat(scenario.limits()).isEmpty();
        added("product_id=mug", "variant=v0", "sku=s0");
        assertThat(scenario.limits()).containsExactly(Limit.CART);
        removed("product_id=mug", "variant=v1").hasLines("mug/v0/s0*44.0", "mug/v0/s2*43.0", "mug/v0/s1*42.0");
    }

    @Test
    void partialRemovalChangesLineTime() {
        Scenario touched = Scenario.of("segment: touched\nwhen: cart.within('1h').count() > 0")
                .event("2026-05-04T08:00:00Z", "ann", "product_added", "product_id=mug", "variant=large", "quantity=2")
                .expect("ann touched ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T08:30:00.250Z", "ann", "product_removed", "product_id=mug", "quantity=1")
                .timeIs("2026-05-04T09:30:00.249Z")
                .expect();
        touched.timeIs("2026-05-04T09:30:00.250Z").expect("ann touched EXITED 2026-05-04T09:30:00.250Z");
    }

    @Test
    void removalOfOtherVariantKeepsLineTime() {
        Scenario.of("segment: touched\nwhen: cart.within('1h').count() > 0")
                .event("2026-05-04T08:00:00Z", "ann", "product_added", "product_id=mug", "variant=large")
                .expect("ann touched ENTERED 2026-05-04T08:00:00Z")
                .event("2026-05-04T08:30:00Z", "ann", "product_removed", "product_id=mug", "variant=small")
                .timeIs("2026-05-04T08:59:59.999Z")
                .expect()
                .timeIs("2026-05-04T09:00:00Z")
                .expect("ann touched EXITED 2026-05-04T09:00:00Z");
    }
}
