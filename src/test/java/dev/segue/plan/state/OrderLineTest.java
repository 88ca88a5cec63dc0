// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Millionths;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

class OrderLineTest {
    private static OrderLine line(Map<String, Object> fields) {
        return new OrderLine(fields, OrderLine.ONE_PIECE);
    }

    private static Stream<Object> uncountable() {
        return Stream.of(0L, -1L, -0.5, Double.NaN, Double.POSITIVE_INFINITY, "three");
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("uncountable")
    void nonPositiveQuantityIsUnset(Object value) {
        assertThat(OrderLine.pieces(value)).isZero();
    }

    @Test
    void countsQuantityInMillionths() {
        assertThat(OrderLine.pieces(3L)).isEqualTo(3 * OrderLine.ONE_PIECE);
        assertThat(OrderLine.pieces(0.000001)).isEqualTo(1);
        assertThat(OrderLine.pieces(new BigDecimal("1.5"))).isEqualTo(1_500_000);
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
