// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Events of everything that statistics count, from a seed. Each customer comes for an hour or so, and again after some hours. One
 * event in thirty is a duplicate, one in ten is up to two hours late.
 */
final class VisitedShop {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** Sizes are exact for 48 hours, and deadlines take some hours more. */
    static final Duration OPEN = Duration.ofHours(36);

    private static final long COME_AGAIN = Duration.ofHours(8).toMillis();
    private static final long MOST_LATE = Duration.ofHours(2).toMillis();
    private static final int PRESENT = 8;
    private static final List<String> TYPES = List.of(
            "page_viewed",
            "page_viewed",
            "page_viewed",
            "form_started",
            "form_submitted",
            "product_viewed",
            "product_viewed",
            "product_added",
            "order_completed",
            "order_refunded");

    private final Random random;
    private final EventBuilder builder;

    VisitedShop(long seed, Vocabulary vocabulary) {
        random = new Random(seed);
        builder = new EventBuilder(vocabulary);
    }

    /** Returns events in the order of their arrival. */
    List<Event> events(int count, int customers) throws BadRecord {
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (number > 10 && random.nextInt(30) == 0) {
                events.add(events.get(number - 1 - random.nextInt(10)));
                continue;
            }
            long passed = OPEN.toMillis() * number / count;
            long late = random.nextInt(10) == 0 ? random.nextLong(MOST_LATE) : 0;
            long first = passed * customers / COME_AGAIN;
            long customer = (first + random.nextInt(customers / PRESENT)) % customers;
            events.add(event("c" + customer, "e" + number, START.toEpochMilli() + Math.max(0, passed - late)));
        }
        return events;
    }

    private Event event(String customer, String id, long at) throws BadRecord {
        Map<String, Object> values = new HashMap<>();
        String type = TYPES.get(random.nextInt(TYPES.size()));
        values.put("type", type);
        values.put("customer_id", customer);
        values.put("event_id", id);
        values.put("occurred_at", at);
        switch (type) {
            case "page_viewed" -> values.put("path", "/" + random.nextInt(6));
            case "form_started", "form_submitted" -> values.put("form", "f" + random.nextInt(3));
            case "product_viewed", "product_added" -> values.putAll(product(type.equals("product_added")));
            default -> values.put("products", List.of(product(true), product(true)));
        }
        return builder.build(values);
    }

    private Map<String, Object> product(boolean hasQuantity) {
        Map<String, Object> product = new HashMap<>();
        int number = random.nextInt(6);
        product.put("product_id", "p" + number);
        product.put("category", "c" + number / 2);
        if (hasQuantity && random.nextInt(4) != 0) {
            product.put("quantity", List.of(1.0, 2.0, 0.25, 1.333333, 0.0, -1.0).get(random.nextInt(6)));
        }
        return product;
    }
}
