// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.time.Duration;
import java.time.Instant;

/**
 * Settings of a simulated shop. Equal settings give equal events.
 *
 * @param seed of all random choices
 * @param opens when visits begin; earlier events are the shoppers' past
 * @param past length of that past
 * @param shoppers number of shoppers, 100 to 1 000 000
 * @param visitsPerDay on average, 1 to 1 000 000; fewer by night than by day
 */
public record ShopSettings(long seed, Instant opens, Duration past, int shoppers, int visitsPerDay) {
    public static final Duration USUAL_PAST = Duration.ofDays(400);

    public ShopSettings {
        require(shoppers >= 100 && shoppers <= 1_000_000, "shoppers must be from 100 to 1000000, not " + shoppers);
        require(
                visitsPerDay >= 1 && visitsPerDay <= 1_000_000,
                "visits per day must be from 1 to 1000000, not " + visitsPerDay);
        require(past.toDays() >= 1, "the past must be at least a day, not " + past);
    }

    /** A shop of a size suitable for watching. */
    public static ShopSettings usual(long seed, Instant opens) {
        return new ShopSettings(seed, opens, USUAL_PAST, 1000, 700);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
