// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.replay.file.ReadReport;
import dev.segue.serde.event.Acceptance;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped mappings for shop and analytics exports, on small exports with all their peculiarities. */
class NewcomerMappingsTest {
    private ReadReport report = new ReadReport("", 0, 0, List.of(), List.of(), null, null, null, List.of(), List.of());

    @Test
    void shopifyOrdersCancellationsAndRefunds() {
        List<Event> events = events("shopify-orders.csv", "shopify-orders");
        assertThat(report.refused()).isEmpty();
        assertThat(report.rows()).isEqualTo(8);
        assertThat(report.lines()).isEqualTo(new ReadReport.Lines(10, 1, 0, 1));
        assertThat(events)
                .extracting(
                        event -> event.type().name(),
                        Event::customerId,
                        event -> Instant.ofEpochMilli(event.time()).toString(),
                        event -> event.fields().get("order_id"),
                        event -> event.fields().get("total"),
                        event -> event.fields().get("currency"))
                .containsExactly(
                        tuple(
                                "order_completed",
                                "ann@example.org",
                                "2026-03-02T04:30:00Z",
                                "#2001",
                                money("4.90"),
                                "USD"),
                        tuple(
                                "order_completed",
                                "bob@example.org",
                                "2026-03-10T11:00:00Z",
                                "#2002",
                                money("84.90"),
                                "EUR"),
                        tuple(
                                "order_refunded",
                                "bob@example.org",
                                "2026-03-10T11:00:00Z",
                                "#2002",
                                money("40.00"),
                                "EUR"),
                        tuple(
                                "order_completed",
                                "bob@example.org",
                                "2026-03-15T11:00:00Z",
                                "#2003",
                                money("97.50"),
                                "CHF"),
                        tuple("order_cancelled", "bob@example.org", "2026-03-16T07:15:00Z", "#2003", null, "CHF"),
                        tuple(
                                "order_completed",
                                "cid@example.org",
                                "2026-03-20T08:00:00Z",
                                "#2004",
                                money("40.00"),
                                "EUR"),
                        tuple("order_cancelled", "cid@example.org", "2026-03-20T08:00:00Z", "#2004", null, "EUR"),
                        tuple(
                                "order_completed",
                                "ann@example.org",
                                "2026-03-28T17:00:00Z",
                                "#2005",
                                money("44.80"),
                                "EUR"),
                        tuple("order_completed", "guest #2006", "2026-03-29T09:30:00Z", "#2006", money("4.90"), "EUR"));
        assertThat(events).extracting(Event::eventId).doesNotHaveDuplicates();
        Event discounted = events.get(7);
        assertThat(discounted.fields().get("coupon")).isEqualTo("SPRING10");
        assertThat(discounted.fields().get("discount")).isEqualTo(money("5.00"));
        assertThat(discounted.fields().get("channel")).isEqualTo("web");
        assertThat(events.get(8).fields().get("channel")).isEqualTo("store");
        assertThat(lines(discounted, "sku", "quantity", "price"))
                .containsExactly(List.of("L-1", 1.0, money("40.00")), List.of("B-1", 2.0, money("4.90")));
    }

    @Test
    void wooCommerceOrdersCancellationsAndRefunds() {
        List<Event> events = events("woocommerce-orders.json", "woocommerce-orders");
        assertThat(report.refused()).isEmpty();
        assertThat(report.rows()).isEqualTo(6);
        assertThat(report.ignored())
                .extracting(ReadReport.Refusal::reason, ReadReport.Refusal::count)
                .containsExactly(tuple("an order that was not paid", 1L));
        assertThat(events)
                .extracting(
                        event -> event.type().name(),
                        Event::customerId,
                        event -> Instant.ofEpochMilli(event.time()).toString(),
                        Event::eventId,
                        event -> event.fields().get("total"),
                        event -> event.fields().get("currency"))
                .containsExactly(
                        tuple(
                                "order_completed",
                                "guest 701",
                                "2026-03-01T09:00:00Z",
                                "order 701",
                                money("15.00"),
                                "EUR"),
                        tuple("order_completed", "user 12", "2026-03-01T09:00:00Z", "order 700", money("15.00"), "EUR"),
                        tuple(
                                "order_completed",
                                "fay@example.org",
                                "2026-03-10T09:00:00Z",
                                "order 702",
                                money("15.00"),
                                "EUR"),
                        tuple(
                                "order_cancelled",
                                "fay@example.org",
                                "2026-03-10T12:00:00Z",
                                "cancelled 702",
                                null,
                                "EUR"),
                        tuple(
                                "order_completed",
                                "eve@example.org",
                                "2026-03-12T09:00:00Z",
                                "order 704",
                                money("30.00"),
                                "GBP"),
                        tuple(
                                "order_refunded",
                                "eve@example.org",
                                "2026-03-15T10:30:00Z",
                                "refund 801",
                                money("10.00"),
                                "GBP"),
                        tuple(
                                "order_refunded",
                                "eve@example.org",
                                "2026-03-15T10:30:00Z",
                                "refund 802",
                                money("20.00"),
                                "GBP"),
                        tuple(
                                "order_completed",
                                "dee@example.org",
                                "2026-03-20T09:00:00Z",
                                "order 705",
                                money("25.49"),
                                "EUR"));
        assertThat(events)
                .filteredOn(event -> event.type().name().equals("order_refunded"))
                .allSatisfy(event -> assertThat(event.fields().get("order_id")).isEqualTo("704"));
        Event order = events.get(7);
        assertThat(order.fields().get("coupon")).isEqualTo("welcome");
        assertThat(order.fields().get("country")).isEqualTo("DE");
        assertThat(lines(order, "product_id", "name", "price"))
                .containsExactly(List.of("31", "Mug", money("12.99")), List.of("32", "Tea, loose", money("14.50")));
        assertThat((List<?>) order.fields().get("products"))
                .extracting(line -> ((Fields) line).get("variant"))
                .containsExactly(null, "77");
    }

    @Test
    void ga4EventsWithTheirItemsAndParameters() {
        List<Event> events = events("ga4-bigquery.jsonl", "ga4-bigquery");
        assertThat(report.refused()).isEmpty();
        assertThat(report.ignored()).extracting(ReadReport.Refusal::count).containsExactly(1L);
        assertThat(events)
                .extracting(
                        event -> event.type().name(),
                        Event::customerId,
                        event -> Instant.ofEpochMilli(event.time()).toString(),
                        event -> event.fields().get("product_id"))
                .containsExactly(
                        tuple("page_viewed", "11.22", "2026-03-01T10:00:00.123Z", null),
                        tuple("page_viewed", "11.22", "2026-03-01T10:00:00.123Z", null),
                        tuple("product_viewed", "11.22", "2026-03-01T10:00:02.123Z", "L-1"),
                        tuple("product_added", "11.22", "2026-03-01T10:00:03.123Z", "L-1"),
                        tuple("product_added", "11.22", "2026-03-01T10:00:03.123Z", "B-1"),
                        tuple("product_removed", "11.22", "2026-03-01T10:00:03.623Z", "B-1"),
                        tuple("checkout_started", "11.22", "2026-03-01T10:00:04.123Z", null),
                        tuple("order_completed", "u-7", "2026-03-01T10:00:05.123Z", null),
                        tuple("products_searched", "33.44", "2026-03-01T10:00:06.123Z", null),
                        tuple("order_completed", "33.44", "2026-03-01T10:00:07.123Z", null),
                        tuple("order_refunded", "u-7", "2026-03-01T10:01:30.123Z", null));
        assertThat(events.get(0).eventId())
                .as("exported twice")
                .isEqualTo(events.get(1).eventId());
        assertThat(events.get(3).eventId()).isNotEqualTo(events.get(4).eventId());
        assertThat(events.get(0).fields().get("session_id")).isEqualTo("5");
        Event order = events.get(7);
        assertThat(order.fields().get("order_id")).isEqualTo("T1");
        assertThat(order.fields().get("total")).isEqualTo(money("44.90"));
        assertThat(order.fields().get("coupon")).isEqualTo("SPRING10");
        assertThat(lines(order, "product_id", "price", "quantity"))
                .containsExactly(List.of("L-1", money("40.00"), 1.0), List.of("B-1", money("4.90"), 1.0));
        assertThat(events.get(9).fields().get("currency")).isEqualTo("USD");
        assertThat(lines(events.get(10), "product_id")).containsExactly(List.of("B-1"));
    }

    private List<Event> events(String file, String mapping) {
        List<Event> events = new ArrayList<>();
        Path sample = Path.of("src/test/resources/mappings", file);
        try (EventReader reader = EventFiles.open(
                List.of(sample),
                Traces.mapping(mapping),
                Traces.vocabulary(),
                Acceptance.usual(),
                SortWithin.wholeFile(),
                Long.MAX_VALUE)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
            report = reader.reports().get(0);
        }
        return events;
    }

    private static List<List<Object>> lines(Event event, String... fields) {
        List<List<Object>> lines = new ArrayList<>();
        for (Object line : (List<?>) event.fields().get("products")) {
            List<Object> values = new ArrayList<>();
            for (String field : fields) {
                values.add(((Fields) line).get(field));
            }
            lines.add(values);
        }
        return lines;
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount).setScale(4);
    }
}
