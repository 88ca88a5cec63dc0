// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events of the shipped vocabulary from a seed: visits, carts, orders, refunds; some late, some duplicated. */
final class RandomShop {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final List<String> TYPES = List.of(
            "page_viewed",
            "product_viewed",
            "product_viewed",
            "product_viewed",
            "product_added",
            "product_added",
            "product_removed",
            "checkout_started",
            "order_completed",
            "order_completed",
            "order_refunded",
            "order_cancelled");
    private static final long STEP_MILLIS = 1_200_000;

    private final Random random;
    private final EventBuilder builder;
    private final int customers;
    private final List<Event> recent = new ArrayList<>();
    private long now = START.toEpochMilli();
    private int number;

    RandomShop(long seed, Vocabulary vocabulary, int customers) {
        this.random = new Random(seed);
        this.builder = new EventBuilder(vocabulary);
        this.customers = customers;
    }

    /** The time of arrival of the latest event, in milliseconds since the epoch. */
    long now() {
        return now;
    }

    List<Event> events(int count) {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(next());
        }
        return events;
    }

    /** One in thirty repeats a recent event, one in twenty is up to two days late. */
    private Event next() {
        now += random.nextLong(STEP_MILLIS) / customers * 20;
        if (!recent.isEmpty() && random.nextInt(30) == 0) {
            return recent.get(random.nextInt(recent.size()));
        }
        long at = random.nextInt(20) == 0 ? now - random.nextLong(172_800_000) : now;
        Event event = event("customer-" + random.nextInt(customers), TYPES.get(random.nextInt(TYPES.size())), at);
        recent.add(event);
        if (recent.size() > 8) {
            recent.remove(0);
        }
        return event;
    }

    private Event event(String customer, String type, long at) {
        Map<String, Object> values = new HashMap<>();
        values.put("type", type);
        values.put("customer_id", customer);
        values.put("event_id", "e" + ++number);
        values.put("occurred_at", at);
        values.put("session_id", "s" + number / 7);
        switch (type) {
            case "product_viewed", "product_added", "product_removed" -> values.putAll(product());
            case "order_completed" -> {
                values.put("order_id", "o" + random.nextInt(3 * customers));
                values.put("total", "" + (1 + random.nextInt(20_000)) / 100.0);
                values.put("products", List.of(product(), product()));
                if (random.nextInt(3) == 0) {
                    values.put("coupon", "SPRING");
                }
            }
            case "order_refunded", "order_cancelled" -> {
                values.put("order_id", "o" + random.nextInt(3 * customers));
                if (type.equals("order_refunded")) {
                    values.put("total", "" + random.nextInt(5_000) / 100.0);
                }
            }
            default -> {}
        }
        try {
            return builder.build(values);
        } catch (BadRecord bad) {
            throw new AssertionError(bad);
        }
    }

    private Map<String, Object> product() {
        Map<String, Object> product = new HashMap<>();
        product.put("product_id", "p" + random.nextInt(6));
        product.put("category", "c" + random.nextInt(4));
        product.put("price", "" + random.nextInt(10_000) / 100.0);
        product.put("quantity", 1 + random.nextInt(3));
        return product;
    }
}
