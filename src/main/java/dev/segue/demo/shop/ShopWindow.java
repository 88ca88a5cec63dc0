// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Some products of the simulated shop, for a page on which a person shops. */
public final class ShopWindow {
    private ShopWindow() {}

    /** @param price of one piece, in euro */
    public record Offer(String productId, String name, String brand, String category, BigDecimal price) {}

    /** A product of each category, the gadgets left out, which are launched one after the other. */
    public static List<Offer> offers() {
        Catalogue catalogue = new Catalogue(Instant.EPOCH);
        return catalogue.categories().stream()
                .filter(category -> !category.equals(Catalogue.NOVELTIES))
                .map(category -> catalogue.of(category).get(0))
                .map(product ->
                        new Offer(product.id(), product.name(), product.brand(), product.category(), product.price()))
                .toList();
    }
}
