// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Millionths;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderLineTest {
    private static OrderLine line(Map<String, Object> fields) {
        return new OrderLine(fields, OrderLine.ONE_PIECE);
    }

    @Test
    void hasProduct() {
        assertThat(line(Map.of("product_id", "shirt", "variant", "S")).product())
                .isEqualTo(new Product("shirt", "S", ""));
    }

    @Test
    void mayHaveNoProduct() {
        assertThat(line(Map.of("variant", "S")).product()).isNull();
    }

    @Test
    void hasPriceOfOnePiece() {
        assertThat(line(Map.of("price", new BigDecimal("19.95"))).price())
                .isEqualTo(Millionths.of(new BigDecimal("19.95")));
    }

    @Test
    void isFreeWithoutPrice() {
        assertThat(line(Map.of()).price()).isEqualTo(Millionths.ZERO);
    }
}
