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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Events that begin, end and delay what triggers send, from a seed. Few customers come often. Each of them first says whether
 * e-mail is wanted; one in ten does not want any, and may change that later. One event in twenty is a duplicate, one in ten is up
 * to two hours late.
 */
final class TriggeredShop {
    static final Instant START = Instant.parse("2024-01-01T06:00:00Z");
    private static final Duration OPEN = Duration.ofDays(3);
    private static final long MOST_LATE = Duration.ofHours(2).toMillis();
    private static final List<String> TYPES = List.of(
            "product_viewed",
            "product_viewed",
            "product_viewed",
            "product_added",
            "product_added",
            "order_completed",
            "page_viewed",
            "profile_updated");

    private final Random random;
    private final EventBuilder builder;
    private final Set<Integer> known = new HashSet<>();

    TriggeredShop(long seed, Vocabulary vocabulary) {
        random = new Random(seed);
        builder = new EventBuilder(vocabulary);
    }

    /** Returns events in the order of their arrival. */
    List<Event> events(int count, int customers) throws BadRecord {
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (number > 10 && random.nextInt(20) == 0) {
                events.add(events.get(number - 1 - random.nextInt(10)));
                continue;
            }
            double rank = random.nextDouble();
            int customer = (int) (rank * rank * customers);
            long late = random.nextInt(10) == 0 ? random.nextLong(MOST_LATE) : 0;
            long passed = Math.max(0, OPEN.toMillis() * number / count - late);
            events.add(event(customer, number, START.toEpochMilli() + passed));
        }
        return events;
    }

    private Event event(int customer, int number, long at) throws BadRecord {
        boolean isFirst = known.add(customer);
        String type = isFirst ? "profile_updated" : TYPES.get(random.nextInt(TYPES.size()));
        Map<String, Object> values = new HashMap<>();
        values.put("type", type);
        values.put("customer_id", "c" + customer);
        values.put("event_id", "e" + number);
        values.put("occurred_at", at);
        switch (type) {
            case "profile_updated" -> values.put("consent", Map.of("email", !isFirst || customer % 10 != 0));
            case "product_viewed", "product_added" -> values.put("product_id", "p" + random.nextInt(6));
            case "order_completed" -> {
                values.put("order_id", "o" + number);
                values.put("total", (1 + random.nextInt(500)) + ".00");
            }
            default -> {}
        }
        return builder.build(values);
    }
}
