// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.demo.shop.ShopSettings;
import dev.segue.demo.shop.SimulatedShop;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.time.Duration;
import java.time.Instant;

/** The simulated shop's events for a benchmark: equal arguments give equal events. */
public final class ShopEvents {
    /** In a shop of this age, the windows of the shipped definitions are full, except for those of a year. */
    public static final Duration LIVED = Duration.ofDays(120);

    private static final Instant OPENS = Instant.parse("2025-06-01T10:00:00Z");
    private static final int DAYS_BETWEEN_VISITS = 3;

    private final SimulatedShop shop;

    /** @param shoppers each visits every third day on average, some of them nine times as often as others */
    public ShopEvents(Vocabulary vocabulary, long seed, int shoppers) {
        shop = new SimulatedShop(
                vocabulary,
                new ShopSettings(
                        seed, OPENS, ShopSettings.USUAL_PAST, shoppers, Math.max(1, shoppers / DAYS_BETWEEN_VISITS)));
    }

    public Event next() {
        return shop.next();
    }

    /** Returns whether the next event happens before the shop has been open for this long. */
    public boolean isYoungerThan(Duration age) {
        return shop.nextTime() < OPENS.plus(age).toEpochMilli();
    }
}
