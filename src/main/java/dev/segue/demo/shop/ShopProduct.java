package dev.segue.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something on sale.
 *
 * @param price of one piece, in euro
 * @param launchedAt when it was new; null for what the shop has had for ever
 */
record ShopProduct(
        String id,
        String category,
        String brand,
        String name,
        BigDecimal price,
        @Nullable Instant launchedAt) {}
