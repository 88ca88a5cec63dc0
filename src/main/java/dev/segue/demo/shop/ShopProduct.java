// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product on sale.
 *
 * @param price of one piece, in euro
 * @param launchedAt the launch date; null for the permanent range
 */
record ShopProduct(
        String id,
        String category,
        String brand,
        String name,
        BigDecimal price,
        @Nullable Instant launchedAt) {}
