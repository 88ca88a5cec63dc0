// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductUsesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cart.exists(i, product(i.product_id).price <= 0.9 * i.price)",
                "cart.count() > 1 && cart.filter(i, i.price > product(i.product_id).price).count() > 0",
                "cart.exists(i, has(product(i.product_id).stock) || product(i.product_id).price < 9.0)",
                "cart.exists(i, has(product(i.product_id).stock) && product(i.product_id).price < 9.0)",
                "cart.exists(i, has(product(i.product_id, i.variant).price) && product(i.product_id).price < 9.0)"
            })
    void warnsOfUnknownPrices(String condition) {
        assertThat(Linted.messages(Linted.when(condition)))
                .singleElement()
                .asString()
                .endsWith(
                        "warning: this also holds if 'product(i.product_id).price' is unknown, because it then reads as 0."
                                + " Add has(product(i.product_id).price).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cart.exists(i, product(i.product_id, i.variant).stock == 0)",
                "cart.exists(i, has(product(i.product_id, 'M').stock) && product(i.product_id, i.variant).stock < 3)",
                "cart.exists(i, has(product(i.sku).stock) && product(i.product_id, i.variant).stock < 3)",
                "cart.exists(i, product(i.product_id).stock > 0 && product(i.product_id, i.variant).stock < 3)"
            })
    void warnsOfUnknownStocksOfVariants(String condition) {
        assertThat(Linted.messages(Linted.when(condition)))
                .singleElement()
                .asString()
                .endsWith("warning: this also holds if 'product(i.product_id, i.variant).stock' is unknown, because it"
                        + " then reads as 0. Add has(product(i.product_id, i.variant).stock).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cart.exists(i, has(product(i.product_id).price) && product(i.product_id).price <= 0.9 * i.price)",
                "cart.exists(i, product(i.product_id).price > 0.0 && product(i.product_id).price <= 0.9 * i.price)",
                "cart.filter(i, has(product(i.product_id).stock)).exists(i, product(i.product_id).stock == 0)",
                "cart.exists(i, product(i.product_id).stock > 3 && product(i.product_id).category == '')",
                "cart.exists(i, has(product(i.product_id, i.variant).stock) && product(i.product_id, i.variant).stock == 0)",
                "cart.exists(i, has(product(i.product_id).stock) && product(i.product_id, i.variant).stock == 0)",
                "cart.exists(i, product(i.product_id, i.sku).price > 0.0 && product(i.product_id, i.sku).price < 9.0)",
                "cart.count() > 0 && !(cart.exists(i, product(i.product_id).stock < 3))"
            })
    void sparesWhatIsGuarded(String condition) {
        assertThat(Linted.messages(Linted.when(condition))).isEmpty();
    }
}
