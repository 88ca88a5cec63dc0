// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.HashMap;
import java.util.Map;

/**
 * A paid order.
 *
 * @param products quantity of each product
 * @param coupon true if a coupon reduced the price by a tenth
 */
record Purchase(String orderId, Map<ShopProduct, Integer> products, boolean coupon) {

    /** The fields of the order's completion. */
    Map<String, Object> completed() {
        Money money = money();
        Map<String, Object> fields = takenBack();
        fields.put("subtotal", money.subtotal());
        fields.put("shipping", money.shipping());
        fields.put("discount", money.discount());
        if (coupon) {
            fields.put("coupon", "save10");
        }
        return fields;
    }

    /** The fields of a refund or cancellation of the whole order. */
    Map<String, Object> takenBack() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("order_id", orderId);
        fields.put("total", money().total());
        fields.put("currency", Money.CURRENCY);
        fields.put("products", Money.lines(products));
        return fields;
    }

    private Money money() {
        return Money.of(products, coupon);
    }
}
