// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CartLineTest {
    private static CartLine line(Product product, Object price) {
        return new CartLine(product, 1_500_000, 10, 20, Arrays.asList(price, null));
    }

    private static Map<String, Object> fields(CartLine line) {
        return line.fields(List.of("price", "name"));
    }

    @Test
    void hasQuantityInPiecesAndTimeOfLastChange() {
        assertThat(fields(line(new Product("shirt", "", ""), null)))
                .isEqualTo(Map.of("product_id", "shirt", "quantity", 1.5, "time", Instant.ofEpochMilli(20)));
    }

    @Test
    void hasNamedVariantAndSku() {
        assertThat(fields(line(new Product("shirt", "S", "sku-1"), null)))
                .containsEntry("variant", "S")
                .containsEntry("sku", "sku-1");
    }

    @Test
    void readsEachFieldWithoutTheOthers() {
        Map<String, Object> fields = fields(line(new Product("shirt", "", "sku-1"), new BigDecimal("9.99")));
        assertThat(fields.get("sku")).isEqualTo("sku-1");
        assertThat(fields.get("price")).isEqualTo(new BigDecimal("9.99"));
        assertThat(fields.get("variant")).isNull();
        assertThat(fields.containsKey("variant")).isFalse();
        assertThat(fields.get("hour")).isNull();
        assertThat(fields.keySet()).containsExactly("product_id", "sku", "quantity", "time", "price");
    }

    @Test
    void hasSetDetails() {
        assertThat(fields(line(new Product("shirt", "", ""), new BigDecimal("9.99"))))
                .containsEntry("price", new BigDecimal("9.99"))
                .doesNotContainKey("name");
    }
}
