// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The orders of one shopper's past, without visits. */
final class PastOrders {
    private static final double FEW_COUPONS = 0.05;
    private static final int HALF_A_DAY_HOURS = 12;
    private static final int NEW_DAYS = 14;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Past past;
    private final Shopper shopper;
    private final Catalogue catalogue;
    private final SplittableRandom random;

    PastOrders(Past past, Shopper shopper, Catalogue catalogue, SplittableRandom random) {
        this.past = past;
        this.shopper = shopper;
        this.catalogue = catalogue;
        this.random = random;
    }

    /** Several orders, at any time from {@code latest} to {@code earliest} days ago. */
    void some(int fewest, int most, int latest, int earliest) {
        some(fewest, most, latest, earliest, FEW_COUPONS);
    }

    /** @param coupons share of orders with a coupon, 0 to 1 */
    void some(int fewest, int most, int latest, int earliest, double coupons) {
        for (int count = random.nextInt(fewest, most + 1); count > 0; count--) {
            order(past.between(latest, earliest), basket(), past.chance(coupons));
        }
    }

    /** One order that was returned within two weeks. */
    void sentBack() {
        long time = past.between(15, 200);
        Purchase purchase = order(time, basket(), false);
        past.happened(time + random.nextLong(DAY, 14 * DAY), "order_refunded", "store", purchase.takenBack());
    }

    /** One order on a sale day, so that a window of this many days ends during the demo. */
    void onSaleDay(List<Integer> saleDaysAgo) {
        int daysAgo = saleDaysAgo.get(random.nextInt(saleDaysAgo.size()));
        double into = random.nextDouble(HALF_A_DAY_HOURS) / 24;
        order(past.daysAgo(daysAgo - into), basket(), false);
    }

    /** Orders at almost regular intervals of {@code days}, the last of them {@code latest} days ago. */
    void rhythm(int times, double days, double latest) {
        for (int count = 0; count < times; count++) {
            double jitter = count == 0 ? 0 : random.nextDouble(-1, 1);
            order(past.daysAgo(latest + count * days + jitter), basket(), false);
        }
    }

    /** The same product again and again, when it is used up. */
    void staple(int times, double days) {
        double latest = random.nextDouble(days);
        for (int count = 0; count < times; count++) {
            double jitter = random.nextDouble(-1, 1);
            order(past.daysAgo(latest + count * days + jitter), Map.of(shopper.staple(), 1), false);
        }
    }

    /** One order per week, at a fixed hour and weekday in the shopper's time zone. */
    void weekly(int weeks) {
        ZoneId zone = ZoneId.of(shopper.timezone());
        ZonedDateTime last =
                Instant.ofEpochMilli(past.between(1, 7)).atZone(zone).truncatedTo(ChronoUnit.HOURS);
        for (int week = 0; week < weeks; week++) {
            long hour = last.minusWeeks(week).toInstant().toEpochMilli();
            order(hour + random.nextLong(3_600_000), basket(), false);
        }
    }

    /** Most new gadgets, each bought within days of its launch. */
    void novelties() {
        for (ShopProduct product : catalogue.novelties(past.opens() - 1)) {
            if (product.launchedAt() != null && past.chance(0.8)) {
                long bought = product.launchedAt().toEpochMilli() + random.nextLong(NEW_DAYS * DAY);
                order(bought, Map.of(product, 1), false);
            }
        }
    }

    private Map<ShopProduct, Integer> basket() {
        Map<ShopProduct, Integer> basket = new LinkedHashMap<>();
        for (int lines = past.chance(0.5) ? 1 : random.nextInt(2, 4); lines > 0; lines--) {
            basket.put(catalogue.anyOf(shopper.favouriteCategory(), random), 1 + random.nextInt(2));
        }
        return basket;
    }

    private Purchase order(long time, Map<ShopProduct, Integer> products, boolean coupon) {
        String orderId = "o-past-" + shopper.id() + "-" + Long.toString(time, Character.MAX_RADIX);
        Purchase purchase = new Purchase(orderId, products, coupon);
        past.happened(time, "order_completed", "store", purchase.completed());
        return purchase;
    }
}
