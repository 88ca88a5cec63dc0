// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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

    private static ProductFacts facts(@Nullable Long stock, long at) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("name")] = "tent";
        values[ProductFacts.TYPE.slot("stock")] = stock;
        return new ProductFacts("p1", at, new Fields(ProductFacts.TYPE, values));
    }
}
