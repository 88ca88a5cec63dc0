// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shipped segments on the real traces, compared with straight-line code over the files' rows. */
class TraceReplayTest {
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final List<String> SEGMENTS =
            List.of("cart-abandoned", "loyal-customer", "one-time-buyer", "dormant-customer");

    @Test
    void findsExactlyAbandonedCarts() {
        Map<String, Long> lastEvent = new HashMap<>();
        Map<String, Boolean> cartLeft = new HashMap<>();
        Traces.rows("rees46-multicategory-1h.csv.gz", row -> {
            String customer = row.getField("customer_id");
            lastEvent.put(customer, Long.parseLong(row.getField("ts_ms")));
            switch (row.getField("event_type")) {
                case "cart" -> cartLeft.put(customer, true);
                case "purchase" -> cartLeft.put(customer, false);
                default -> {}
            }
        });
        Set<String> expected = new TreeSet<>();
        cartLeft.forEach((customer, left) -> {
            if (left) {
                expected.add(customer + " ENTERED " + Instant.ofEpochMilli(lastEvent.get(customer) + HOUR));
            }
        });
        assertThat(expected).hasSize(20);
        Set<String> found = new TreeSet<>();
        Traces.replay("rees46-multicategory-1h.csv.gz", "rees46", Until.parse("+2h"), SEGMENTS)
                .forEach(change -> {
                    if (change.segment().equals("cart-abandoned")) {
                        assertThat(found.add(change.customerId() + " " + change.kind() + " " + change.effectiveAt()))
                                .isTrue();
                    }
                });
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void uciSegmentsMatchRows() {
        Map<String, Map<String, Long>> orders = new LinkedHashMap<>();
        long[] last = new long[1];
        Traces.rows("uci-online-retail.csv.gz", row -> {
            if (row.getField("customer_id").isEmpty()) {
                return;
            }
            last[0] = Math.max(last[0], Long.parseLong(row.getField("ts_ms")));
            if (row.getField("event_type").equals("purchase_line")) {
                orders.computeIfAbsent(row.getField("customer_id"), any -> new LinkedHashMap<>())
                        .putIfAbsent(row.getField("order_id"), Long.parseLong(row.getField("ts_ms")));
            }
        });
        long until = last[0] + 200 * DAY;
        Map<String, List<String>> expected = new TreeMap<>();
        orders.forEach((customer, times) -> {
            List<Long> sorted = times.values().stream().sorted().toList();
            for (Predicate segment : Predicate.values()) {
                expected.put(customer + " " + segment.segment, segment.flips(sorted, until));
            }
        });
        expected.values().removeIf(List::isEmpty);
        Map<String, List<String>> found = new TreeMap<>();
        Traces.replay("uci-online-retail.csv.gz", "uci-online-retail", new Until.At(until), SEGMENTS)
                .forEach(change -> {
                    if (Predicate.segments().contains(change.segment())) {
                        found.computeIfAbsent(change.customerId() + " " + change.segment(), any -> new ArrayList<>())
                                .add(change.kind() + " " + change.effectiveAt());
                    }
                });
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        assertThat(found).isEqualTo(expected);
        assertThat(found.size()).isGreaterThan(3000);
    }

    /** The segments' conditions on the times of a customer's orders, at one instant. */
    private enum Predicate {
        LOYAL("loyal-customer") {
            @Override
            boolean holds(List<Long> orders, long now) {
                return within(orders, now, 365) >= 4 && within(orders, now, 90) >= 1;
            }
        },
        ONE_TIME("one-time-buyer") {
            @Override
            boolean holds(List<Long> orders, long now) {
                return orders.size() == 1 && within(orders, now, 30) == 0;
            }
        },
        DORMANT("dormant-customer") {
            @Override
            boolean holds(List<Long> orders, long now) {
                return !orders.isEmpty() && within(orders, now, 180) == 0;
            }
        };

        private final String segment;

        Predicate(String segment) {
            this.segment = segment;
        }

        abstract boolean holds(List<Long> orders, long now);

        static Set<String> segments() {
            Set<String> segments = new HashSet<>();
            for (Predicate predicate : values()) {
                segments.add(predicate.segment);
            }
            return segments;
        }

        static long within(List<Long> orders, long now, long days) {
            return orders.stream().filter(time -> time > now - days * DAY).count();
        }

        /** The instants at which the result changes: evaluated when a window expires, and after each order. */
        List<String> flips(List<Long> orders, long until) {
            Set<Long> instants = new TreeSet<>(orders);
            for (long order : orders) {
                for (long window : List.of(30 * DAY, 90 * DAY, 180 * DAY, 365 * DAY)) {
                    instants.add(order + window);
                }
            }
            List<String> flips = new ArrayList<>();
            boolean inside = false;
            for (long now : instants) {
                if (now > until) {
                    break;
                }
                int before = (int) orders.stream().filter(time -> time < now).count();
                int after = (int) orders.stream().filter(time -> time <= now).count();
                for (int known = before; known <= after; known++) {
                    boolean holds = holds(orders.subList(0, known), now);
                    if (holds != inside) {
                        flips.add((holds ? "ENTERED " : "EXITED ") + Instant.ofEpochMilli(now));
                        inside = holds;
                    }
                }
            }
            return flips;
        }
    }
}
