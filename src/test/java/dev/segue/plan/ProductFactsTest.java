// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.event.RecordType;
import dev.segue.event.SmallShop;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Definitions that ask about products, and the instants at which new facts answer them. */
class ProductFactsTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();

    private final Map<String, ProductFacts> settled = new HashMap<>();
    private final ProductTable table = new ProductTable(settled::get, 0);
    private final CustomerState ann = new CustomerState("ann");
    private Plan plan;
    private int events;

    @Test
    void factsPutACustomerInAndOut() {
        compile("""
                segment: low
                when: product_viewed.exists(v, product(v.product_id).stock > 0 && product(v.product_id).stock <= 5)
                """);
        view("p1", NOON);
        stock("p1", 5L, NOON + 1000);
        assertThat(plan.movesAt(ann)).isEqualTo(NOON + 1000);
        assertThat(advance(NOON + 999)).isEmpty();
        assertThat(advance(NOON + 1000)).containsExactly("low ENTERED 12:00:01 PRODUCT");
        stock("p1", 6L, NOON + 2000);
        stock("p1", 0L, NOON + 3000);
        assertThat(advance(NOON + 9000)).containsExactly("low EXITED 12:00:02 PRODUCT");
    }

    @Test
    void variantIsReadWhereTheProductHasItAndOtherwiseTheProduct() {
        compile("""
                segment: low
                when: product_viewed.exists(v, product(v.product_id, v.variant).stock == 5)
                ---
                segment: large
                when: has(product('p1', 'L').price)
                """);
        view("p1", NOON, "M");
        variant("p1", 9L, "L", 5L, NOON + 1000);
        assertThat(ann.askedProducts().all()).containsExactly(AskedProducts.hash("p1"));
        assertThat(advance(NOON + 1000)).isEmpty();
        variant("p1", 9L, "M", 5L, NOON + 2000);
        assertThat(advance(NOON + 2000)).containsExactly("low ENTERED 12:00:02 PRODUCT");
        variant("p1", 5L, "M", 0L, NOON + 3000);
        assertThat(advance(NOON + 3000)).containsExactly("low EXITED 12:00:03 PRODUCT");
        stock("p1", 5L, NOON + 4000);
        assertThat(advance(NOON + 4000)).containsExactly("low ENTERED 12:00:04 PRODUCT");
        price("p1", "L", NOON + 5000);
        assertThat(advance(NOON + 5000))
                .containsExactly("large ENTERED 12:00:05 PRODUCT", "low EXITED 12:00:05 PRODUCT");
    }

    @Test
    void timeThatChangesTheVariantChangesTheAnswer() {
        compile("""
                segment: low
                when: product('p1', product_viewed.within('1h').latest().variant).stock == 5
                """);
        variant("p1", 9L, "M", 5L, NOON - 1);
        assertThat(view("p1", NOON, "M")).containsExactly("low ENTERED 12:00:00 EVENT");
        assertThat(advance(NOON + 3_599_999)).isEmpty();
        assertThat(advance(NOON + 3_600_000)).containsExactly("low EXITED 13:00:00 DEADLINE");
    }

    private void variant(String product, @Nullable Long pieces, String variant, long ofVariant, long at) {
        publish(new ProductFacts(product, at, fields("stock", pieces), Map.of(variant, fields("stock", ofVariant))));
    }

    private void price(String product, String variant, long at) {
        publish(new ProductFacts(
                product, at, fields("stock", null), Map.of(variant, fields("price", new BigDecimal("1.0000")))));
    }

    @Test
    void factsThatCameLateMoveAtTheCustomersOwnTime() {
        compile("""
                segment: low
                when: product_viewed.exists(v, product(v.product_id).stock == 5)
                """);
        view("p1", NOON);
        assertThat(advance(NOON + 5000)).isEmpty();
        view("p2", NOON + 5000);
        stock("p1", 5L, NOON + 1000);
        assertThat(plan.movesAt(ann)).isEqualTo(NOON + 5000);
        assertThat(advance(NOON + 1000)).containsExactly("low ENTERED 12:00:05 PRODUCT");
        assertThat(plan.movesAt(ann)).isEqualTo(CustomerState.NEVER);
    }

    @Test
    void onlyAskedProductsMove() {
        compile("""
                segment: first
                when: product_viewed.exists(v, product(v.product_id).stock > 0)
                ---
                segment: second
                when: product_viewed.count() > 1 && product_viewed.exists(v, product(v.product_id).price > 9.0)
                """);
        stock("p1", 1L, NOON);
        assertThat(view("p1", NOON)).containsExactly("first ENTERED 12:00:00 EVENT");
        assertThat(ann.askedProducts().all()).containsExactly(AskedProducts.hash("p1"));
        view("p2", NOON + 1);
        stock("p3", 1L, NOON + 2);
        assertThat(plan.movesAt(ann)).isEqualTo(CustomerState.NEVER);
        stock("p2", 1L, NOON + 2);
        assertThat(plan.movesAt(ann)).isEqualTo(NOON + 2);
    }

    @Test
    void constantProductIsAskedFromTheFirstEventOn() {
        compile("""
                segment: any
                when: product('p1').stock > 0
                """);
        view("x", NOON);
        stock("p1", 1L, NOON + 1);
        assertThat(advance(NOON + 1)).containsExactly("any ENTERED 12:00:00.001 PRODUCT");
    }

    @Test
    void launchPutsACustomerInUntilTheProductIsSeenOrOld() {
        compile("""
                segment: news
                when: launched('shoes', '14d').exists(p, !(p in product_viewed.map(v, v.product_id).distinct()))
                carry: {products: "launched('shoes', '14d')"}
                """);
        view("p0", NOON);
        launch("p1", "shoes", NOON + 5000, NOON + 1000);
        launch("p2", "hats", NOON + 5000, NOON + 1000);
        assertThat(advance(NOON + 4999)).isEmpty();
        assertThat(advance(NOON + 5000)).containsExactly("news ENTERED 12:00:05 DEADLINE");
        assertThat(view("p1", NOON + 6000)).containsExactly("news EXITED 12:00:06 EVENT");
        launch("p2", "shoes", NOON + 5000, NOON + 7000);
        assertThat(advance(NOON + 7000)).containsExactly("news ENTERED 12:00:07 PRODUCT");
        long old = NOON + 5000 + Duration.ofDays(14).toMillis();
        assertThat(advance(old - 1)).isEmpty();
        assertThat(advance(old)).containsExactly("news EXITED 12:00:05 DEADLINE");
    }

    @Test
    void categoryWithoutAValueHasNoLaunches() {
        compile("""
                segment: news
                when: launched(product_viewed.filter(v, 1 / (v.position - v.position) > 0).latest().category, '1d').size() > 0
                """);
        assertThat(view("p0", NOON)).isEmpty();
    }

    @Test
    void productThatChangesItsCategoryIsNoLaunchOfTheOld() {
        compile("""
                segment: news
                when: launched('shoes', '14d').size() > 0
                """);
        launch("p1", "shoes", NOON, NOON);
        view("p0", NOON + 1);
        table.settle(NOON + 1).forEach(one -> settled.put(one.facts().productId(), one.facts()));
        launch("p1", "hats", NOON, NOON + 2);
        assertThat(plan.movesAt(ann)).isEqualTo(NOON + 2);
        assertThat(advance(NOON + 2)).containsExactly("news EXITED 12:00:00.002 PRODUCT");
    }

    @Test
    void whatIsReadOfAStreamForEachLaunchChangesWithTime() {
        compile("""
                segment: most
                when: >-
                  launched('shoes', '90d').exists(p,
                    product_viewed.within('1d').map(v, v.product_id).most().value == p)
                """);
        launch("p1", "shoes", NOON, NOON);
        assertThat(view("p1", NOON)).containsExactly("most ENTERED 12:00:00 EVENT");
        assertThat(advance(NOON + Duration.ofDays(1).toMillis())).containsExactly("most EXITED 12:00:00 DEADLINE");
    }

    private void launch(String product, String category, long launchedAt, long at) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("category")] = category;
        values[ProductFacts.TYPE.slot("launched_at")] = Instant.ofEpochMilli(launchedAt);
        ProductFacts next = new ProductFacts(product, at, new Fields(ProductFacts.TYPE, values));
        assertThat(table.add(next)).isNotNull();
    }

    @Test
    void nothingRemainsKnownOfAWithdrawnProduct() {
        compile("""
                segment: back
                when: product_viewed.exists(v, has(product(v.product_id).restocked_at))
                """);
        stock("p1", 0L, NOON - 2);
        stock("p1", 1L, NOON - 1);
        assertThat(view("p1", NOON)).containsExactly("back ENTERED 12:00:00 EVENT");
        stock("p1", null, NOON + 1);
        assertThat(advance(NOON + 1)).containsExactly("back EXITED 12:00:00.001 PRODUCT");
        stock("p1", 1L, NOON + 2);
        assertThat(advance(NOON + 2)).isEmpty();
    }

    @Test
    void productsInsideOrdersOfAKeyAreAskedAbout() {
        compile("""
                segment: back
                when: by_order.exists(k, k.order_completed.map(o, o.products.filter(p, product(p.product_id).stock > 0).size()).sum() > 0)
                """);
        EventType type = SmallShop.VOCABULARY.get("order_completed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "o";
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(NOON);
        values[type.record().slot("order_id")] = "o1";
        FieldType line = ((FieldType.Listing) type.record()
                        .fields()
                        .get(type.record().slot("products"))
                        .type())
                .element();
        RecordType product = ((FieldType.Nested) line).record();
        Object[] fields = new Object[product.fields().size()];
        fields[product.slot("product_id")] = "p1";
        values[type.record().slot("products")] = List.of(new Fields(product, fields));
        Event order = new Event(type, "ann", new Fields(type.record(), values));
        assertThat(lines(plan.apply(ann, order, NOON, NOON))).isEmpty();
        stock("p1", 1L, NOON + 2000);
        assertThat(advance(NOON + 2000)).containsExactly("back ENTERED 12:00:02 PRODUCT");
    }

    private void stock(String product, @Nullable Long pieces, long at) {
        publish(new ProductFacts(product, at, fields("stock", pieces)));
    }

    private static Fields fields(String name, @Nullable Object value) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot(name)] = value;
        return new Fields(ProductFacts.TYPE, values);
    }

    private void publish(ProductFacts next) {
        assertThat(table.add(next.after(table.at(next.productId(), Long.MAX_VALUE))))
                .isNotNull();
    }

    private List<String> view(String product, long at) {
        return view(product, at, null);
    }

    private List<String> view(String product, long at, @Nullable String variant) {
        EventType type = SmallShop.VOCABULARY.get("product_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e" + events++;
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(at);
        values[type.record().slot("product_id")] = product;
        values[type.record().slot("variant")] = variant;
        return lines(plan.apply(ann, new Event(type, "ann", new Fields(type.record(), values)), at, at));
    }

    private List<String> advance(long to) {
        return lines(plan.advance(ann, to, to));
    }

    private static List<String> lines(Effects effects) {
        return effects.changes().stream()
                .map(change -> change.segment() + " " + change.kind() + " "
                        + change.effectiveAt().toString().substring(11).replace("Z", "") + " "
                        + change.cause().kind())
                .toList();
    }

    private void compile(String definitions) {
        ann.setProducts(table);
        try {
            plan = Plan.compile(
                    new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("a.yaml", definitions))),
                    SmallShop.VOCABULARY);
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }
}
