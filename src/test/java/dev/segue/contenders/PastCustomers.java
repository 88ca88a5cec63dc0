// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Customers with one action long ago and nothing since, so that the deadline of each comes due at another instant of a
 * paced run. Their waiting times alternate: half an hour, an hour, 14 days, 30 days.
 */
final class PastCustomers {
    private static final Duration BROWSED = Duration.ofMinutes(30);
    private static final Duration LEFT_CART = Duration.ofHours(1);
    private static final Duration VIEWED = Duration.ofDays(14);
    private static final Duration LOOKED_IN = Duration.ofDays(30);
    private static final Duration ORDERED = Duration.ofDays(200);
    private static final Duration ONE_BEFORE_ALL = Duration.ofDays(400);

    private final EventBuilder builder;
    private final List<Event> events = new ArrayList<>();
    private final Set<ChangeText> measured = new HashSet<>();

    PastCustomers(Vocabulary vocabulary) {
        this.builder = new EventBuilder(vocabulary);
    }

    /** An event before all others, which shows that a contender consumes. */
    Event first(int partition, long start) {
        return event("first-" + partition, "page_viewed", start - ONE_BEFORE_ALL.toMillis(), Map.of());
    }

    /** Plans every customer whose deadline comes due during the load. */
    void plan(Timeline timeline) {
        int perSecond = timeline.pace().deadlinesPerSecond();
        long count = timeline.pace().length().toMillis() * perSecond / 1000;
        for (long number = 0; number < count; number++) {
            long due = timeline.start() + number * 1000 / perSecond;
            ChangeText change = plan("past-" + number, due, (int) (number % 4));
            if (timeline.isMeasured(due)) {
                measured.add(change);
            }
        }
        // Contenders that derive time from events need them in order.
        events.sort(Comparator.comparingLong(Event::time));
    }

    private ChangeText plan(String customer, long due, int turn) {
        return switch (turn) {
            case 0 -> {
                add(customer, "product_viewed", due - BROWSED.toMillis(), Map.of("product_id", "p01"));
                yield entered(customer, "browse-abandoned", due);
            }
            case 1 -> {
                add(
                        customer,
                        "product_added",
                        due - LEFT_CART.toMillis(),
                        Map.of("product_id", "p01", "quantity", 1, "price", BigDecimal.TEN));
                yield entered(customer, "cart-abandoned", due);
            }
            case 2 -> {
                for (int product = 0; product < 3; product++) {
                    long time = due
                            - VIEWED.toMillis()
                            + Duration.ofMinutes(product).toMillis();
                    add(customer, "product_viewed", time, Map.of("product_id", "p0" + (product + 1)));
                }
                yield new ChangeText(customer, "curious-prospect", "EXITED", due, false);
            }
            default -> {
                add(
                        customer,
                        "order_completed",
                        due - ORDERED.toMillis(),
                        Map.of("order_id", "o-" + customer, "total", BigDecimal.TEN));
                add(customer, "page_viewed", due - LOOKED_IN.toMillis(), Map.of());
                yield entered(customer, "dormant-customer", due);
            }
        };
    }

    private static ChangeText entered(String customer, String segment, long due) {
        return new ChangeText(customer, segment, "ENTERED", due, false);
    }

    private void add(String customer, String type, long time, Map<String, Object> fields) {
        events.add(event(customer, type, time, fields));
    }

    private Event event(String customer, String type, long time, Map<String, Object> fields) {
        Map<String, Object> values = new HashMap<>(fields);
        values.put("type", type);
        values.put("customer_id", customer);
        values.put("event_id", customer + "-" + time);
        values.put("occurred_at", time);
        try {
            return builder.build(values);
        } catch (BadRecord impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The customers' events, in order of time. */
    List<Event> events() {
        return events;
    }

    /** The expected changes by deadline in the measured span. */
    Set<ChangeText> measured() {
        return measured;
    }
}
