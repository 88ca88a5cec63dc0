// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One product line of an order.
 *
 * @param fields by name: those that definitions read and, if the order has an id, those that a refund needs; without
 *     the quantity
 * @param quantity in millionths of a piece, above 0
 */
public record OrderLine(Map<String, Object> fields, long quantity) {
    /** One piece, in millionths. */
    public static final long ONE_PIECE = Millionths.ONE;

    /** Returns the product; null if the line names none. */
    @Nullable
    Product product() {
        return Product.named(fields.get("product_id"), fields.get("variant"), fields.get("sku"));
    }

    /** Returns the price of one piece; 0 if it is unset. */
    Millionths price() {
        return Millionths.of(fields.get("price"));
    }

    /** Returns whether product, quantity and price are equal. */
    boolean isLike(OrderLine other) {
        return quantity == other.quantity
                && Objects.equals(product(), other.product())
                && price().equals(other.price());
    }
}
