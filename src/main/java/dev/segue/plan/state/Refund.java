// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partial refund of an order. Refunds of whole orders are not stored: see {@link Ledger}.
 *
 * @param time milliseconds since the epoch
 * @param total the amount; null for the sum of the products
 * @param products in the order of the event; entries without a product are left out, because they match no line
 */
public record Refund(long time, String orderId, @Nullable Millionths total, List<Returned> products) {

    /**
     * A refunded product.
     *
     * @param quantity in millionths of a piece; 0 for all remaining pieces
     * @param price of one piece; null for the order's own price
     */
    public record Returned(
            Product product, long quantity, @Nullable Millionths price) {
        boolean fits(OrderLine line) {
            Product ordered = line.product();
            return ordered != null && product.fits(ordered);
        }
    }
}
