// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.replay.file.ReadReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappedEventsTest extends MappingScenario {
    private static final String ORDERS = """
            mapping: orders
            format: csv
            columns: [at, who, order, product, amount]
            customer: row.who
            time: {value: row.at, as: seconds}
            events:
              - type: order_completed
                group_by: row.order
                within: 10s
                fields:
                  order_id: row.order
                  total: {sum: row.amount}
                  products: {lines: {product_id: row.product, price: {value: row.amount, times: -1}}}
            """;

    private static final String BAD_VIEWS = """
            at,who,what,price,extra
            1,ann,view,1,
            2,,view,1,
            3,  ,view,1,
            x,ann,view,1,
            253402300800000,ann,view,1,
            0,ann,view,1,
            -5,ann,view,1,
            ,ann,view,1,
            4,ann,click,1,
            5,ann,view,cheap,
            6,ann,view,NaN,
            7,ann,view,1e999999999,
            8,ann,view,123456789012345,
            9,ann,view,1,{not json
            10,ann,view,1
            11,ann,probe,1,
            12,ann,view,2,
            """;

    @Test
    void convertsEveryType() throws Exception {
        Event event = only(VIEWS, "view.csv", """
                at,who,what,price,extra
                5000,ann,view,12.00005,"{""product"":{""id"":""p1""},""position"":3,""in_stock"":true,\
                ""launched"":""2025-01-01T00:00:00Z"",""answers"":{""goal"":""comfort"",""other"":null}}"
                """);
        assertThat(event.customerId()).isEqualTo("ann");
        assertThat(event.time()).isEqualTo(5000);
        assertThat(event.eventId()).isEqualTo("view:2");
        assertThat(event.fields().get("price")).isEqualTo(new BigDecimal("12.0000"));
        assertThat(event.fields().get("product_id")).isEqualTo("p1");
        assertThat(event.fields().get("position")).isEqualTo(3L);
        assertThat(event.fields().get("in_stock")).isEqualTo(true);
        assertThat(event.fields().get("launched_at")).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(event.fields().get("answers")).isEqualTo(Map.of("goal", "comfort"));
    }

    @Test
    void leavesEmptyCellsAndAbsentPathsUnset() throws Exception {
        Event event = only(VIEWS, "view.csv", "at,who,what,price,extra\n5000,ann,view,,\n");
        assertThat(event.fields().get("price")).isNull();
        assertThat(event.fields().get("product_id")).isNull();
        assertThat(event.fields().get("answers")).isNull();
    }

    @Test
    void findsColumnsInAnyOrder() throws Exception {
        Event event = only(VIEWS, "view.csv", "\uFEFFextra,price,what,who,at\n,3.5,view,bob,7\n");
        assertThat(event.customerId()).isEqualTo("bob");
        assertThat(event.fields().get("price")).isEqualTo(new BigDecimal("3.5000"));
    }

    @Test
    void refusesOnlyBadRowsByReason() throws Exception {
        List<Event> events = events(VIEWS, file("views.csv", BAD_VIEWS));
        assertThat(events).extracting(Event::time).containsExactly(1L, 12L);
        ReadReport report = reports.get(0);
        assertThat(report.rows()).isEqualTo(17);
        assertThat(report.refused())
                .extracting(
                        ReadReport.Refusal::reason,
                        refusal -> refusal.first().stream()
                                .map(ReadReport.Line::number)
                                .toList())
                .containsExactlyInAnyOrder(
                        tuple("no customer", List.of(3L, 4L)),
                        tuple("the time cannot be read", List.of(5L)),
                        tuple("impossible-time", List.of(6L, 7L, 8L)),
                        tuple("no time", List.of(9L)),
                        tuple("no rule of the mapping matches it", List.of(10L)),
                        tuple("price is not a decimal", List.of(11L, 12L, 13L, 14L)),
                        tuple("column extra is not JSON", List.of(15L)),
                        tuple("not as many cells as columns", List.of(16L)));
        assertThat(report.refused().get(0).first().get(0).detail()).isEqualTo("'cheap'");
        assertThat(report.ignored())
                .extracting(ReadReport.Refusal::reason, ReadReport.Refusal::count)
                .containsExactly(tuple("the shop's own probe", 1L));
        assertThat(report.events() + report.refusedRows() + 1).isEqualTo(report.rows());
    }

    @Test
    void keepsFirstFewLinesOfReason() throws Exception {
        StringBuilder text = new StringBuilder("at,who,what,price,extra\n");
        for (int row = 0; row < 50; row++) {
            text.append("1,,view,1,\n");
        }
        assertThat(events(VIEWS, file("v.csv", text.toString()))).isEmpty();
        ReadReport.Refusal refusal = reports.get(0).refused().get(0);
        assertThat(refusal.count()).isEqualTo(50);
        assertThat(refusal.first()).extracting(ReadReport.Line::number).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void readsTimesWithOffsetAndWithout() throws Exception {
        String mapping = VIEWS.replace("as: millis", "as: iso, zone: Europe/Berlin");
        List<Event> events = events(mapping, file("v.csv", """
                at,who,what,price,extra
                2020-09-24 13:51:07+00:00,ann,view,1,
                2020-09-24T13:51:07.5Z,ann,view,1,
                2020-09-24T15:51:08,ann,view,1,
                2020-09-25,ann,view,1,
                2020-09-31,ann,view,1,
                """));
        assertThat(events)
                .extracting(event -> Instant.ofEpochMilli(event.time()).toString())
                .containsExactly(
                        "2020-09-24T13:51:07Z",
                        "2020-09-24T13:51:07.500Z",
                        "2020-09-24T13:51:08Z",
                        "2020-09-24T22:00:00Z");
        List<Event> byPattern = events(
                VIEWS.replace("as: millis", "as: 'dd.MM.yyyy HH:mm'"),
                file("p.csv", "at,who,what,price,extra\n24.09.2020 13:51,ann,view,,\n31.09.2020 13:51,ann,view,,\n"));
        assertThat(byPattern).extracting(Event::time).containsExactly(1600955460000L);
    }

    @Test
    void combinesInterleavedLinesIntoOneOrder() throws Exception {
        List<Event> events = events(ORDERS, file("orders.csv", """
                at,who,order,product,amount
                100,ann,o1,p1,0.1
                100,bob,o2,p9,5
                100,ann,o1,p2,0.2
                101,bob,o3,p9,-7
                110,ann,o1,p3,0.00005
                111,ann,o1,p4,9
                """));
        assertThat(events)
                .extracting(
                        event -> event.fields().get("order_id"),
                        Event::time,
                        event -> event.fields().get("total"))
                .containsExactly(
                        tuple("o1", 100_000L, new BigDecimal("0.3000")),
                        tuple("o2", 100_000L, new BigDecimal("5.0000")),
                        tuple("o3", 101_000L, new BigDecimal("-7.0000")),
                        tuple("o1", 111_000L, new BigDecimal("9.0000")));
        assertThat((List<?>) events.get(0).fields().get("products"))
                .extracting(line -> ((Fields) line).get("product_id"), line -> ((Fields) line).get("price"))
                .containsExactly(
                        tuple("p1", new BigDecimal("-0.1000")),
                        tuple("p2", new BigDecimal("-0.2000")),
                        tuple("p3", new BigDecimal("0.0000")));
        assertThat(events).extracting(Event::eventId).doesNotHaveDuplicates();
    }

    @Test
    void refusesOnlyBadLineOfOrder() throws Exception {
        List<Event> events = events(ORDERS, file("orders.csv", """
                at,who,order,product,amount
                1,ann,o1,p1,1
                1,ann,o1,p2,many
                1,ann,,p2,3
                1,ann,o1,p3,2
                """));
        assertThat(events).hasSize(1);
        assertThat(events.get(0).fields().get("total")).isEqualTo(new BigDecimal("3.0000"));
        assertThat((List<?>) events.get(0).fields().get("products")).hasSize(2);
        assertThat(reports.get(0).refused())
                .extracting(ReadReport.Refusal::reason)
                .containsExactlyInAnyOrder("total is not a number", "no value to group by");
    }

    @Test
    void keepsGroupOpenDespiteRowFromFuture() throws Exception {
        List<Event> events = events(ORDERS, file("orders.csv", """
                at,who,order,product,amount
                90000000000,eve,o9,p1,1
                100,ann,o1,p1,1
                100,bob,o2,p1,1
                101,ann,o1,p2,1
                """));
        assertThat(events).extracting(event -> event.fields().get("order_id")).containsExactly("o9", "o1", "o2");
    }

    @Test
    void countsEqualRowsAsTwoEventsByDefault() throws Exception {
        String rows = "at,who,what,price,extra\n1,ann,view,1,\n1,ann,view,1,\n2,ann,view,1,\n";
        assertThat(events(VIEWS, file("v.csv", rows)))
                .extracting(Event::eventId)
                .doesNotHaveDuplicates();
        List<Event> byContent = events(VIEWS + "event_id: content\n", file("v.csv", rows));
        assertThat(byContent).extracting(Event::eventId).doesNotContainNull();
        assertThat(byContent.get(0).eventId()).isEqualTo(byContent.get(1).eventId());
        assertThat(byContent.get(0).eventId()).isNotEqualTo(byContent.get(2).eventId());
        List<Event> byColumn = events(VIEWS + "event_id: row.who + '-' + row.at\n", file("v.csv", rows));
        assertThat(byColumn).extracting(Event::eventId).containsExactly("ann-1", "ann-1", "ann-2");
    }

    @Test
    void readsJsonLines() throws Exception {
        String mapping = VIEWS.replace("format: csv", "format: jsonl");
        List<Event> events = events(mapping, file("v.jsonl", """
                {"at":1,"who":"ann","what":"view","price":0.1,"extra":{"product":{"id":"p1"},"position":2}}

                {"at":"2","who":7,"what":"view","price":"0.30000"}
                {"at":3,"who":"ann","what":"view","prize":1}
                {"at":4,"who":"ann"
                [1]
                {"at":5,"who":{"id":1},"what":"view"}
                {"at":6,"who":"ann","what":"view"}
                """));
        assertThat(events)
                .extracting(
                        Event::time, Event::customerId, event -> event.fields().get("price"))
                .containsExactly(
                        tuple(1L, "ann", new BigDecimal("0.1000")),
                        tuple(2L, "7", new BigDecimal("0.3000")),
                        tuple(6L, "ann", null));
        assertThat(reports.get(0).refused())
                .extracting(
                        ReadReport.Refusal::reason,
                        refusal -> refusal.first().get(0).number())
                .containsExactlyInAnyOrder(
                        tuple("a key that the mapping does not declare", 4L),
                        tuple("not JSON", 5L),
                        tuple("not one JSON object", 6L),
                        tuple("column who has parts; declare it as json", 7L));
    }

    @Test
    void runsOtherExpressionsOnCel() throws Exception {
        String mapping = VIEWS.replace("row.what == 'view'", "row.what.startsWith('v') && has(row.extra.product)")
                .replace("price: row.price", "price: double(row.price) * 2.0");
        List<Event> events = events(mapping, file("v.csv", """
                at,who,what,price,extra
                1,ann,view,1.5,"{""product"":{}}"
                2,ann,visit,x,"{""product"":{}}"
                3,ann,view,1,{}
                """));
        assertThat(events).extracting(event -> event.fields().get("price")).containsExactly(new BigDecimal("3.0000"));
        assertThat(reports.get(0).refused())
                .extracting(ReadReport.Refusal::reason)
                .containsExactlyInAnyOrder(
                        "the expression double(row.price) * 2.0 fails", "no rule of the mapping matches it");
    }
}
