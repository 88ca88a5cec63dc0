// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProductFactsTest {
    @Test
    void stockThatFallsTo0IsSoldOutFromThenOn() {
        ProductFacts some = facts(3L, 100).after(null);
        assertThat(some.fields().get("sold_out_at")).isNull();
        ProductFacts none = facts(0L, 200).after(some);
        assertThat(none.fields().get("sold_out_at")).isEqualTo(Instant.ofEpochMilli(200));
        ProductFacts still = facts(0L, 300).after(none);
        assertThat(still.fields().get("sold_out_at")).isEqualTo(Instant.ofEpochMilli(200));
        assertThat(still.fields().get("restocked_at")).isNull();
    }

    @Test
    void stockThatRisesFrom0IsBackFromThenOn() {
        ProductFacts none = facts(0L, 100).after(null);
        ProductFacts back = facts(1L, 200).after(none);
        assertThat(back.fields().get("sold_out_at")).isEqualTo(Instant.ofEpochMilli(100));
        assertThat(back.fields().get("restocked_at")).isEqualTo(Instant.ofEpochMilli(200));
        ProductFacts more = facts(5L, 300).after(back);
        assertThat(more.fields().get("restocked_at")).isEqualTo(Instant.ofEpochMilli(200));
        ProductFacts again = facts(0L, 400).after(more);
        assertThat(again.fields().get("sold_out_at")).isEqualTo(Instant.ofEpochMilli(400));
        assertThat(again.fields().get("restocked_at")).isEqualTo(Instant.ofEpochMilli(200));
    }

    @Test
    void whatIsKnownSinceEverHasNoInstant() {
        ProductFacts none = facts(0L, ProductFacts.SINCE_EVER).after(null);
        ProductFacts back = facts(1L, ProductFacts.SINCE_EVER).after(none);
        assertThat(none.fields().get("sold_out_at")).isNull();
        assertThat(back.fields().get("restocked_at")).isNull();
    }

    @Test
    void unknownStockConcludesNothing() {
        ProductFacts first = facts(1L, 100).after(null);
        assertThat(first.fields().get("restocked_at")).isNull();
        ProductFacts unknown = facts(null, 300).after(facts(0L, 200).after(first));
        assertThat(unknown.fields().get("sold_out_at")).isEqualTo(Instant.ofEpochMilli(200));
        ProductFacts known = facts(2L, 400).after(unknown);
        assertThat(known.fields().get("restocked_at")).isNull();
    }

    @Test
    void saysTheSameWheneverItBecameKnown() {
        assertThat(facts(1L, 100).says(facts(1L, 200))).isTrue();
        assertThat(facts(1L, 100).says(facts(2L, 100))).isFalse();
        assertThat(facts(1L, 100).says(facts(null, 100))).isFalse();
    }

    @Test
    void variantHasItsOwnValuesAndOtherwiseThoseOfTheProduct() {
        ProductFacts facts = with(facts(3L, 100), "M", 0L);
        assertThat(get(facts, "M", "stock")).isEqualTo(0L);
        assertThat(get(facts, "M", "name")).isEqualTo("tent");
        assertThat(get(facts, "L", "stock")).isEqualTo(3L);
        assertThat(get(facts, "", "stock")).isEqualTo(3L);
    }

    @Test
    void variantIsSoldOutAndBackByItsOwnStock() {
        ProductFacts none = with(facts(5L, 100), "M", 0L).after(null);
        assertThat(get(none, "M", "sold_out_at")).isEqualTo(Instant.ofEpochMilli(100));
        assertThat(get(none, "L", "sold_out_at")).isNull();
        ProductFacts gone = with(facts(0L, 200), "M", 0L).after(none);
        assertThat(get(gone, "M", "sold_out_at")).isEqualTo(Instant.ofEpochMilli(100));
        assertThat(get(gone, "L", "sold_out_at")).isEqualTo(Instant.ofEpochMilli(200));
        ProductFacts back = with(facts(0L, 300), "M", 1L).after(gone);
        assertThat(get(back, "M", "restocked_at")).isEqualTo(Instant.ofEpochMilli(300));
        assertThat(get(back, "", "restocked_at")).isNull();
    }

    @Test
    void variantThatIsFirstMentionedIsNoReturn() {
        ProductFacts back = with(facts(4L, 200), "M", 4L).after(facts(0L, 100).after(null));
        assertThat(get(back, "", "restocked_at")).isEqualTo(Instant.ofEpochMilli(200));
        assertThat(get(back, "M", "restocked_at")).isNull();
        assertThat(get(back, "M", "sold_out_at")).isNull();
    }

    @Test
    void variantWithoutAStockOfItsOwnIsSoldOutWithTheProduct() {
        ProductFacts back = with(facts(4L, 200), "M", null).after(facts(0L, 100).after(null));
        assertThat(get(back, "M", "sold_out_at")).isEqualTo(Instant.ofEpochMilli(100));
        assertThat(get(back, "M", "restocked_at")).isEqualTo(Instant.ofEpochMilli(200));
    }

    @Test
    void variantBeginsAnewWhenItsStockWasLeftOut() {
        ProductFacts none = with(facts(5L, 100), "M", 0L).after(null);
        for (ProductFacts without : List.of(facts(5L, 200), with(facts(5L, 200), "M", null))) {
            ProductFacts again = with(facts(5L, 300), "M", 2L).after(without.after(none));
            assertThat(get(again, "M", "sold_out_at")).isNull();
            assertThat(get(again, "M", "restocked_at")).isNull();
        }
    }

    @Test
    void productIsKnownAsLongAsAVariantIs() {
        ProductFacts variant = with(ProductFacts.withdrawn("p1", 100), "M", 0L);
        assertThat(variant.isWithdrawn()).isFalse();
        assertThat(variant.says(ProductFacts.withdrawn("p1", 100))).isFalse();
        Map<String, Fields> empty = Map.of("M", Fields.empty(ProductFacts.TYPE));
        assertThat(new ProductFacts("p1", 100, Fields.empty(ProductFacts.TYPE), empty))
                .isEqualTo(ProductFacts.withdrawn("p1", 100));
    }

    private static @Nullable Object get(ProductFacts facts, String variant, String field) {
        return facts.get(variant, ProductFacts.TYPE.slot(field));
    }

    private static ProductFacts with(ProductFacts product, String variant, @Nullable Long stock) {
        return new ProductFacts(
                product.productId(), product.at(), product.fields(), Map.of(variant, fields("url", stock)));
    }

    private static ProductFacts facts(@Nullable Long stock, long at) {
        return new ProductFacts("p1", at, fields("name", stock));
    }

    private static Fields fields(String text, @Nullable Long stock) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot(text)] = "tent";
        values[ProductFacts.TYPE.slot("stock")] = stock;
        return new Fields(ProductFacts.TYPE, values);
    }
}
