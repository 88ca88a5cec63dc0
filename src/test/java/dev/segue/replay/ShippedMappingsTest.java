// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shipped mappings on the real traces, compared with numbers computed elsewhere from the same files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedMappingsTest {
    private final Map<String, Read> reads = new HashMap<>();

    @Test
    void uciInvoicesMatchReference() {
        Read read = read("uci-online-retail.csv.gz", "uci-online-retail");
        assertThat(read.report.rows()).isEqualTo(470_813);
        assertThat(read.customers()).hasSize(3491);
        assertThat(read.customersOf("order_refunded", event -> true)).hasSize(1264);
        Map<String, BigDecimal> net = read.netSpend();
        assertThat(net.values().stream().filter(spent -> spent.compareTo(BigDecimal.valueOf(1000)) >= 0))
                .hasSize(1315);
        assertThat(net.values().stream().filter(spent -> spent.signum() < 0)).hasSize(28);
        assertThat(read.lines("order_completed")).isEqualTo(328_189);
        assertThat(read.lines("order_refunded")).isEqualTo(7_544);
    }

    @Test
    void uciRefusesOnlyRowsWithoutCustomer() {
        ReadReport report = read("uci-online-retail.csv.gz", "uci-online-retail").report;
        assertThat(report.refused())
                .extracting(ReadReport.Refusal::reason, ReadReport.Refusal::count)
                .containsExactly(tuple("no customer", 135_080L));
        assertThat(report.ignored()).isEmpty();
        assertThat(report.brokenOff()).isNull();
    }

    @Test
    void uciRefundsArePositive() {
        Read read = read("uci-online-retail.csv.gz", "uci-online-retail");
        assertThat(read.events)
                .filteredOn(event -> event.type().name().equals("order_refunded"))
                .allSatisfy(event -> {
                    assertThat(money(event, "total")).isPositive();
                    assertThat((List<?>) event.fields().get("products"))
                            .allSatisfy(line -> assertThat((Double) ((Fields) line).get("quantity"))
                                    .isPositive());
                });
        assertThat(read.events)
                .filteredOn(event -> event.eventId().equals("536365"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.fields().get("country")).isEqualTo("GB");
                    assertThat(money(event, "total")).isEqualByComparingTo("139.12");
                });
    }

    @Test
    void cdnowMatchesReference() {
        Read read = read("cdnow.csv.gz", "cdnow");
        assertThat(read.report.refused()).isEmpty();
        assertThat(read.events).hasSize(56_279);
        assertThat(read.customers()).hasSize(19_022);
        Map<String, Integer> orders = new HashMap<>();
        read.events.forEach(event -> orders.merge(event.customerId(), 1, Integer::sum));
        assertThat(orders.values().stream().filter(count -> count == 1)).hasSize(9574);
        assertThat(read.netSpend().values().stream().filter(spent -> spent.compareTo(BigDecimal.valueOf(200)) >= 0))
                .hasSize(2443);
    }

    @Test
    void completeJourneyMatchesReference() {
        Read read = read("completejourney.csv.gz", "completejourney");
        assertThat(read.report.refused()).isEmpty();
        assertThat(read.customers()).hasSize(1937);
        assertThat(read.lines("order_completed")).isEqualTo(60_530);
        assertThat(read.events.stream().filter(event -> event.type().name().equals("order_completed")))
                .hasSize(38_205);
        Set<String> received =
                read.customersOf("email_delivered", event -> event.fields().get("campaign_id") != null);
        Set<String> redeemed =
                read.customersOf("coupon_applied", event -> event.fields().get("coupon_id") != null);
        assertThat(received).hasSize(1259);
        assertThat(redeemed).hasSize(332);
        received.removeAll(redeemed);
        assertThat(received).hasSize(927);
    }

    @Test
    void rees46MatchesReference() {
        Read read = read("rees46-multicategory-1h.csv.gz", "rees46");
        assertThat(read.report.refused()).isEmpty();
        assertThat(read.events).hasSize(8036);
        assertThat(read.customers()).hasSize(1705);
        Set<String> purchased = read.customersOf("order_completed", event -> true);
        assertThat(purchased).hasSize(67);
        Set<String> carted =
                read.customersOf("product_added", event -> event.fields().get("product_id") != null);
        carted.removeAll(purchased);
        assertThat(carted).hasSize(19);
        assertThat(read.events)
                .allSatisfy(
                        event -> assertThat(event.fields().get("session_id")).isNotNull());
    }

    @Test
    void realDuplicatesHaveOneIdByContent() throws Exception {
        String mapping = """
                mapping: rees46-raw
                format: csv
                columns: [event_time, event_type, product_id, category_id, category_code, brand, price, user_id, user_session]
                customer: row.user_id
                time: row.event_time
                event_id: content
                events:
                  - type: product_viewed
                    when: row.event_type == 'view'
                    fields: {product_id: row.product_id, price: row.price, session_id: row.user_session}
                  - ignore: not asked for here
                """;
        Path trace = Traces.trace("dirty/rees46-duplicates.csv");
        Mapping read = new MappingReader(Traces.vocabulary()).read("raw.yaml", mapping);
        Set<String> ids = new HashSet<>();
        Set<String> rows = new HashSet<>();
        long events = 0;
        try (EventReader reader = EventFiles.open(List.of(trace), read, Traces.vocabulary())) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events++;
                ids.add(event.eventId());
            }
            assertThat(reader.reports().get(0).refused()).isEmpty();
        }
        for (String line : Files.readAllLines(trace)) {
            if (line.contains(",view,")) {
                rows.add(line);
            }
        }
        assertThat(ids).hasSize(rows.size());
        assertThat(events).isGreaterThan(ids.size());
    }

    @Test
    void everyTraceIsInOrderOfTimeWithUniqueIds() {
        Map<String, String> traces = new LinkedHashMap<>();
        traces.put("uci-online-retail.csv.gz", "uci-online-retail");
        traces.put("cdnow.csv.gz", "cdnow");
        traces.put("completejourney.csv.gz", "completejourney");
        traces.put("rees46-multicategory-1h.csv.gz", "rees46");
        traces.forEach((file, mapping) -> {
            List<Event> events = read(file, mapping).events;
            Set<String> ids = new HashSet<>();
            long before = Long.MIN_VALUE;
            for (Event event : events) {
                if (event.time() < before || !ids.add(event.eventId())) {
                    throw new AssertionError(file + ": " + event.eventId() + " is too early or not the first");
                }
                before = event.time();
            }
        });
    }

    private static BigDecimal money(Event event, String field) {
        return (BigDecimal) event.fields().get(field);
    }

    private Read read(String trace, String mapping) {
        return reads.computeIfAbsent(trace, any -> readOnce(trace, mapping));
    }

    private static Read readOnce(String trace, String mapping) {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = Traces.open(trace, mapping)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
            return new Read(events, reader.reports().get(0));
        }
    }

    private record Read(List<Event> events, ReadReport report) {
        Set<String> customers() {
            Set<String> customers = new HashSet<>();
            events.forEach(event -> customers.add(event.customerId()));
            return customers;
        }

        Set<String> customersOf(String type, Predicate<Event> condition) {
            Set<String> customers = new HashSet<>();
            events.stream()
                    .filter(event -> event.type().name().equals(type) && condition.test(event))
                    .forEach(event -> customers.add(event.customerId()));
            return customers;
        }

        long lines(String type) {
            return events.stream()
                    .filter(event -> event.type().name().equals(type))
                    .mapToLong(event -> ((List<?>) event.fields().get("products")).size())
                    .sum();
        }

        Map<String, BigDecimal> netSpend() {
            Map<String, BigDecimal> net = new HashMap<>();
            for (Event event : events) {
                BigDecimal total = money(event, "total");
                boolean refund = event.type().name().equals("order_refunded");
                net.merge(event.customerId(), refund ? total.negate() : total, BigDecimal::add);
            }
            return net;
        }
    }
}
