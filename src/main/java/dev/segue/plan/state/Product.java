// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a product in a cart or an order.
 *
 * @param id the {@code product_id}, else the {@code sku}
 * @param variant empty if none is named
 * @param sku empty if none is named
 */
public record Product(String id, String variant, String sku) {
    /** Marks an order among the steps of a cart. */
    static final Product NONE = new Product("", "", "");

    /** Marks the end of the shortened part among the steps of a cart; no shop has a product with this id. */
    static final Product FOLDED = new Product("\0", "", "");

    /** Returns the product that an event or a line names; null if it has neither {@code product_id} nor {@code sku}. */
    public static @Nullable Product of(Fields fields) {
        return named(fields.get("product_id"), fields.get("variant"), fields.get("sku"));
    }

    /** Returns the product of these values, ignoring values that are not texts; null if id and sku are empty. */
    static @Nullable Product named(@Nullable Object productId, @Nullable Object variant, @Nullable Object named) {
        String sku = text(named);
        String id = text(productId);
        if (id.isEmpty() && sku.isEmpty()) {
            return null;
        }
        return new Product(id.isEmpty() ? sku : id, text(variant), sku);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** Returns whether both are the same product. If both name a variant, or both a sku, these must be equal. */
    boolean fits(Product other) {
        return id.equals(other.id) && agree(variant, other.variant) && agree(sku, other.sku);
    }

    private static boolean agree(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
