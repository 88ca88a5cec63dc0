// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.segue.event.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Computes with plain loops over the rows which customers entered six shipped segments, and which were members two
 * hours after the end.
 */
class RealDataCountTest {
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final Until END = Until.parse("+2h");
    private static final List<String> OF_ORDERS =
            List.of("one-time-buyer", "loyal-customer", "dormant-customer", "dormant-by-own-rhythm");

    /** The customers that a segment reached. */
    private record Told(Set<String> entered, Set<String> members) {
        Told() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    @Test
    void cdnow() {
        Map<String, OrdersOfCustomer> customers = new HashMap<>();
        long[] last = new long[1];
        Traces.rows("cdnow.csv.gz", row -> {
            last[0] = Math.max(last[0], time(row));
            customer(customers, row).orders(time(row), false);
        });
        Map<String, Told> expected = expected(customers, last[0] + 2 * HOUR);
        assertThat(told(Traces.replay("cdnow.csv.gz", "cdnow", END, OF_ORDERS), OF_ORDERS))
                .isEqualTo(expected);
        assertThat(expected.get("dormant-by-own-rhythm").entered()).hasSizeGreaterThan(1000);
    }

    @Test
    void uciOnlineRetail() {
        Map<String, OrdersOfCustomer> customers = new HashMap<>();
        Set<String> invoices = new HashSet<>();
        long[] last = new long[1];
        Traces.rows("uci-online-retail.csv.gz", row -> {
            boolean order = row.getField("event_type").equals("purchase_line");
            boolean event = order || row.getField("event_type").equals("return_line");
            if (row.getField("customer_id").isEmpty() || !event) {
                return;
            }
            last[0] = Math.max(last[0], time(row));
            // Credit notes name no invoice, so all orders stand; and a refund is not an action of the customer.
            if (order && invoices.add(row.getField("order_id"))) {
                customer(customers, row).orders(time(row), false);
            }
        });
        Map<String, Told> expected = expected(customers, last[0] + 2 * HOUR);
        assertThat(told(Traces.replay("uci-online-retail.csv.gz", "uci-online-retail", END, OF_ORDERS), OF_ORDERS))
                .isEqualTo(expected);
        assertThat(expected.get("loyal-customer").members()).hasSizeGreaterThan(500);
    }

    @Test
    void completeJourney() {
        Map<String, OrdersOfCustomer> customers = new HashMap<>();
        Set<String> baskets = new HashSet<>();
        long[] last = new long[1];
        Traces.rows("completejourney.csv.gz", row -> {
            last[0] = Math.max(last[0], time(row));
            switch (row.getField("event_type")) {
                case "purchase_line" -> {
                    if (baskets.add(row.getField("order_id"))) {
                        customer(customers, row).orders(time(row), false);
                    }
                }
                case "coupon_redeemed" -> customer(customers, row).doesSomethingElse(time(row));
                default -> {} // A campaign is something done to a customer.
            }
        });
        Map<String, Told> expected = expected(customers, last[0] + 2 * HOUR);
        assertThat(told(Traces.replay("completejourney.csv.gz", "completejourney", END, OF_ORDERS), OF_ORDERS))
                .isEqualTo(expected);
        assertThat(expected.get("dormant-customer").entered()).isNotEmpty();
    }

    /**
     * The trace lists coupons and baskets separately, and most baskets of a redemption are not in the sample; so here a
     * basket has a coupon if the household redeemed one in the same thirty days.
     */
    @Test
    void completeJourneyWithCouponsOfThirtyDays(@TempDir Path directory) throws IOException {
        Set<String> redeemed = new HashSet<>();
        Traces.rows("completejourney.csv.gz", row -> {
            if (row.getField("event_type").equals("coupon_redeemed")) {
                redeemed.add(row.getField("customer_id") + " " + time(row) / (30 * DAY));
            }
        });
        Map<String, OrdersOfCustomer> customers = new HashMap<>();
        Set<String> baskets = new HashSet<>();
        List<String> events = new ArrayList<>();
        long[] last = new long[1];
        Traces.rows("completejourney.csv.gz", row -> {
            if (row.getField("event_type").equals("purchase_line") && baskets.add(row.getField("order_id"))) {
                boolean coupon = redeemed.contains(row.getField("customer_id") + " " + time(row) / (30 * DAY));
                customer(customers, row).orders(time(row), coupon);
                events.add(basket(row, coupon));
                last[0] = time(row);
            }
        });
        Told expected = new Told();
        customers.forEach((id, customer) -> note(expected, id, customer.couponCustomer(last[0] + 2 * HOUR)));
        Path file = Files.write(directory.resolve("baskets.jsonl"), events);
        List<String> segment = List.of("coupon-customer");
        try (EventReader reader = EventFiles.open(List.of(file), null, Traces.vocabulary())) {
            assertThat(told(Traces.replay(reader, END, segment), segment))
                    .isEqualTo(Map.of("coupon-customer", expected));
        }
        assertThat(expected.entered()).hasSize(40);
        assertThat(expected.members()).hasSize(12);
    }

    /** The trace covers less than an hour, so all carts are abandoned only at its end. */
    @Test
    void rees46() {
        Map<String, Long> lastDeed = new HashMap<>();
        Map<String, Long> lastInCart = new HashMap<>();
        long[] last = new long[1];
        Traces.rows("rees46-multicategory-1h.csv.gz", row -> {
            String customer = row.getField("customer_id");
            last[0] = Math.max(last[0], time(row));
            lastDeed.put(customer, time(row));
            switch (row.getField("event_type")) {
                case "cart" -> lastInCart.put(customer, time(row));
                case "purchase" -> lastInCart.remove(customer);
                default -> {}
            }
        });
        Told expected = new Told();
        lastInCart.forEach((customer, added) -> {
            boolean quiet = lastDeed.get(customer) + HOUR <= last[0] + 2 * HOUR;
            note(expected, customer, new OrdersOfCustomer.Answer(quiet, quiet));
        });
        assertThat(expected.members()).hasSize(20);
        List<String> segment = List.of("cart-abandoned");
        assertThat(told(Traces.replay("rees46-multicategory-1h.csv.gz", "rees46", END, segment), segment))
                .isEqualTo(Map.of("cart-abandoned", expected));
    }

    private static Map<String, Told> expected(Map<String, OrdersOfCustomer> customers, long end) {
        Map<String, Told> expected = new TreeMap<>();
        OF_ORDERS.forEach(segment -> expected.put(segment, new Told()));
        customers.forEach((id, customer) -> {
            note(expected.get("one-time-buyer"), id, customer.oneTimeBuyer(end));
            note(expected.get("loyal-customer"), id, customer.loyal(end));
            note(expected.get("dormant-customer"), id, customer.dormant(end));
            note(expected.get("dormant-by-own-rhythm"), id, customer.dormantByOwnRhythm(end));
        });
        return expected;
    }

    private static void note(Told told, String customer, OrdersOfCustomer.Answer answer) {
        if (answer.entered()) {
            told.entered().add(customer);
        }
        if (answer.member()) {
            told.members().add(customer);
        }
    }

    private static Map<String, Told> told(List<Change> changes, List<String> segments) {
        Map<String, Told> told = new TreeMap<>();
        segments.forEach(segment -> told.put(segment, new Told()));
        for (Change change : changes) {
            Told segment = told.get(change.segment());
            switch (change.kind()) {
                case ENTERED -> {
                    segment.entered().add(change.customerId());
                    segment.members().add(change.customerId());
                }
                case EXITED -> segment.members().remove(change.customerId());
                case UPDATED -> {}
            }
        }
        return told;
    }

    private static String basket(NamedCsvRecord row, boolean coupon) {
        return "{\"type\":\"order_completed\",\"customer_id\":\"%s\",\"event_id\":\"%s\",\"occurred_at\":\"%s\"%s}"
                .formatted(
                        row.getField("customer_id"),
                        row.getField("order_id"),
                        Instant.ofEpochMilli(time(row)),
                        coupon ? ",\"coupon\":\"redeemed\"" : "");
    }

    private static OrdersOfCustomer customer(Map<String, OrdersOfCustomer> customers, NamedCsvRecord row) {
        return customers.computeIfAbsent(row.getField("customer_id"), any -> new OrdersOfCustomer());
    }

    private static long time(NamedCsvRecord row) {
        return Long.parseLong(row.getField("ts_ms"));
    }
}
