// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What was put into a cart.
 *
 * @param id the {@code product_id}, else the {@code sku}
 * @param variant empty where none is named
 * @param sku empty where none is named
 */
public record Product(String id, String variant, String sku) {
    /** Stands in an order's place. */
    static final Product NONE = new Product("", "", "");

    /** The product that an event or a line names; null where it has neither {@code product_id} nor {@code sku}. */
    public static @Nullable Product of(Fields fields) {
        return named(fields.get("product_id"), fields.get("variant"), fields.get("sku"));
    }

    /** The product of these values, each of which counts where it is a text; null where id and sku are empty. */
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

    /** Whether both are one product. Where both name a variant, or both a sku, these must be equal. */
    boolean fits(Product other) {
        return id.equals(other.id) && agree(variant, other.variant) && agree(sku, other.sku);
    }

    private static boolean agree(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
