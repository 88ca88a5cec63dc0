// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The amounts of an order, in euro.
 *
 * @param subtotal of all lines
 * @param discount of a coupon
 * @param shipping free from fifty euro on
 */
record Money(BigDecimal subtotal, BigDecimal discount, BigDecimal shipping) {
    static final String CURRENCY = "EUR";
    private static final BigDecimal COUPON_RATE = new BigDecimal("0.10");
    private static final BigDecimal FREE_SHIPPING_FROM = new BigDecimal("50");
    private static final BigDecimal SHIPPING = new BigDecimal("4.9000");
    private static final BigDecimal NOTHING = new BigDecimal("0.0000");

    static Money of(Map<ShopProduct, Integer> lines, boolean coupon) {
        BigDecimal subtotal = lines.entrySet().stream()
                .map(line -> line.getKey().price().multiply(BigDecimal.valueOf(line.getValue())))
                .reduce(NOTHING, BigDecimal::add);
        BigDecimal discount = coupon
                ? subtotal.multiply(COUPON_RATE)
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .setScale(4)
                : NOTHING;
        return new Money(subtotal, discount, subtotal.compareTo(FREE_SHIPPING_FROM) < 0 ? SHIPPING : NOTHING);
    }

    BigDecimal total() {
        return subtotal.subtract(discount).add(shipping);
    }

    /** Product lines as events carry them. */
    static List<Map<String, Object>> lines(Map<ShopProduct, Integer> products) {
        return products.entrySet().stream()
                .map(line -> line(line.getKey(), line.getValue()))
                .toList();
    }

    static Map<String, Object> line(ShopProduct product, int quantity) {
        Map<String, Object> fields = describe(product);
        fields.put("quantity", (double) quantity);
        return fields;
    }

    static Map<String, Object> describe(ShopProduct product) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("product_id", product.id());
        fields.put("category", product.category());
        fields.put("name", product.name());
        fields.put("brand", product.brand());
        fields.put("price", product.price());
        if (product.launchedAt() != null) {
            fields.put("launched_at", product.launchedAt());
        }
        return fields;
    }
}
