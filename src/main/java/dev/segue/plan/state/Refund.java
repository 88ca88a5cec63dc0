// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an order that was given back. A refund of a whole order is not kept as one: see {@link Ledger}.
 *
 * @param time milliseconds since the epoch
 * @param total the amount; null where it is what the products come to
 * @param products in the order of the event; those that name no product are left out, for they fit no line
 */
public record Refund(long time, String orderId, @Nullable Millionths total, List<Returned> products) {

    /**
     * A product that was given back.
     *
     * @param quantity in millionths of a piece; 0 for all that is left
     * @param price of one piece; null where it is the order's own
     */
    public record Returned(
            Product product, long quantity, @Nullable Millionths price) {
        boolean fits(OrderLine line) {
            Product ordered = line.product();
            return ordered != null && product.fits(ordered);
        }
    }
}
