// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.replay.MappingScenario;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in cells: numbers, times, texts and lists. */
class RowValuesTest extends MappingScenario {
    private static final String ITEMS = """
            mapping: items
            format: jsonl
            columns: [at, who, what, {items: json}, {params: json}]
            customer: row.who
            time: row.at
            events:
              - type: product_viewed
                when: row.what == 'list'
                each: row.items
                fields: {product_id: item.id, price: item.price, quantity: item.n * 2}
              - type: order_completed
                when: row.what == 'order'
                continue: true
                fields:
                  order_id: valueOf(row.params, 'order')
                  total: valueOf(row.params, 'total')
                  products: {each: row.items, lines: {product_id: item.id, price: item.price}}
              - type: product_viewed
                when: row.what != 'list'
                time: valueOf(row.params, 'seen')
                fields: {product_id: "row.items[0].id"}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,50 | 1234.50", "1234,5 | 1234.5", "-12 | -12", "1.234.567 | 1234567", "1 234,5 | 1234.5",
                "1'234'567,5 | 1234567.5", "0,99 | 0.99", "+3 | 3", "1,234 | 1.234", "999.999,00 | 999999"
            })
    void readsDecimalComma(String text, String number) throws Exception {
        assertThat(DecimalComma.read(text, "total")).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,234.50",
                "12.5",
                "1.23,4",
                "1.2345,00",
                "0.123,5",
                "1.234 567,5",
                ",5",
                "5,",
                "ten",
                "1,2,3",
                "1e3"
            })
    void refusesInvalidDecimalComma(String text) {
        assertThatThrownBy(() -> DecimalComma.read(text, "total"))
                .isInstanceOf(RefusedRow.class)
                .hasMessage("total is not a number with a decimal comma, such as 1.234,50");
    }

    @Test
    void refusesAmbiguousPoint() {
        assertThatThrownBy(() -> DecimalComma.read("1.234", "total"))
                .isInstanceOf(RefusedRow.class)
                .hasMessageStartingWith("total may be a thousand times larger or smaller");
    }

    @Test
    void readsNumbersWithDecimalCommaOfMapping() throws Exception {
        String mapping = """
                mapping: shop
                format: csv
                separator: ";"
                columns: [at, who, order, price, amount]
                customer: row.who
                time: row.at
                events:
                  - type: order_completed
                    group_by: row.order
                    within: 1m
                    fields:
                      total: {sum: row.amount}
                      products: {lines: {price: {value: row.price, times: 0.5}}}
                """;
        String rows = "at;who;order;price;amount\n2026-03-01;ann;o1;1,5;1.000,25\n2026-03-01;ann;o1;;0,25\n";
        Event order = events(mapping + "decimal: ','\n", file("o.csv", rows)).get(0);
        assertThat(order.fields().get("total")).isEqualTo(new BigDecimal("1000.5000"));
        assertThat((List<?>) order.fields().get("products"))
                .extracting(line -> ((Fields) line).get("price"))
                .containsExactly(new BigDecimal("0.7500"), null);
        events(mapping, file("o.csv", rows));
        assertThat(reports.get(0).refused().get(0).first().get(0).detail())
                .endsWith("; for a decimal comma set decimal: ','");
    }

    @ParameterizedTest
    @CsvSource({
        "seconds, 1772359260.5, 1772359260500",
        "seconds, 1772359260, 1772359260000",
        "seconds, 1772359260.9999, 1772359260999",
        "seconds, 1.7723592605E9, 1772359260500",
        "millis, 1772359260500, 1772359260500",
        "millis, 1772359260500.7, 1772359260500",
        "micros, 1772359260500999, 1772359260500",
        "nanos, 1772359260500999999, 1772359260500",
        "iso, 2026-03-01 10:01:00.5 UTC, 1772359260500",
        "iso, 2026-03-01T10:01:00.500+00:00, 1772359260500",
        "iso, 2026-03-01 11:01:00 +0100, 1772359260000"
    })
    void readsInstants(String as, String text, long millis) throws Exception {
        assertThat(TimeFormat.of(as, ZoneOffset.UTC).read(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "epoch | does not name the unit; write seconds, millis, micros or nanos",
                "YYYY-MM-dd | write yyyy for the year",
                "yyyy-MM-DD | write dd for the day of the month",
                "yyyy-mm-dd | mm is the minute, MM the month",
                "yyyy-mm-dd HH:MM | mm is the minute, MM the month",
                "yyyy-MM-dd HH:MM | mm is the minute, MM the month",
                "MM/dd/yyyy HH:MM | mm is the minute, MM the month",
                "mm/dd/yyyy HH:mm | mm is the minute, MM the month",
                "dd.mm.yyyy HH:MM:ss | mm is the minute, MM the month",
                "dd/yyyy | it has no month",
                "dd.MM.yyyy HH:mm:SS | S is a fraction of a second; write ss for the second",
                "dd.MM.yyyy KK:mm | K is an hour from 0 to 11 and needs a",
                "dd.MM.yyyy HH:ss | no minute; write mm for the minute",
                "dd.MM.yyyy mm:ss | no hour; write HH for the hour",
                "dd.MM.yyyy a | no hour; write HH for the hour",
                "dd.MM.yyyy HH:mm z | z is a zone's abbreviation",
                "dd.MM.yyyy HH:mm zzzz | write VV for a zone such as Europe/Berlin, X for an offset such as Z or +01",
                "dd.MM.yyyy HH:mm v | v is a zone's abbreviation",
                "yyyy-MM-dd'T'HH:mm:ss'Z' | 'Z' in quotes is only text, not a zone; write X without quotes",
                "yyyy-MM-dd'T'HH:mm:ss'.000Z' | write X without quotes",
                "yyyy-MM-dd HH:mm:ss' UTC' | ' UTC' in quotes is only text, not a zone; write VV",
                "yyyy-MM-dd HH:mm:ss 'GMT+1' | write VV",
                "yyyy-MM-dd hh:mm | write HH for 00 to 23",
                "HH:mm | cannot be read back"
            })
    void explainsMistakeInPattern(String pattern, String message) {
        assertThatThrownBy(() -> TimeFormat.of(pattern, ZoneOffset.UTC)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "yyyy-MM-dd | 2026-03-01 | 2026-03-01T00:00:00Z",
                "yyyy-MM-dd HH | 2026-03-01 10 | 2026-03-01T10:00:00Z",
                "HH:mm dd.MM.yyyy | 10:20 01.03.2026 | 2026-03-01T10:20:00Z",
                "HHmmddMMyyyy | 102001032026 | 2026-03-01T10:20:00Z",
                "yyyyMMddHHmmssSSS | 20260301102030500 | 2026-03-01T10:20:30.500Z",
                "MM/dd/yyyy hh:mm a | 03/01/2026 10:20 PM | 2026-03-01T22:20:00Z",
                "d MMM uuuu, K:mm a | 1 Mar 2026, 0:20 PM | 2026-03-01T12:20:00Z",
                "yyyy-MM-dd kk:mm | 2026-03-01 24:20 | 2026-03-01T00:20:00Z",
                "yyyy-MM-dd'T'HH:mm:ss.SSSX | 2026-03-01T10:20:30.500Z | 2026-03-01T10:20:30.500Z",
                "yyyy-MM-dd HH:mm VV | 2026-03-01 10:20 UTC | 2026-03-01T10:20:00Z",
                "yyyy-MM-dd HH:mm 'o''clock' VV | 2026-03-01 10:20 o'clock Europe/Berlin | 2026-03-01T09:20:00Z",
                "EEE MMM dd HH:mm:ss yyyy | Sun Mar 01 10:20:30 2026 | 2026-03-01T10:20:30Z",
                "yyyy-MM-dd[ HH:mm] | 2026-03-01 | 2026-03-01T00:00:00Z",
                "yyyy-DDD HH:mm | 2026-060 10:20 | 2026-03-01T10:20:00Z"
            })
    void readsPatterns(String pattern, String text, Instant time) throws Exception {
        assertThat(TimeFormat.of(pattern, ZoneOffset.UTC).read(text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "'1,000', 'remove it with .replace('','', ''''); if it is a decimal comma, set decimal: '','''",
        "'1,000.50', commas that group thousands are removed",
        "'1,000,000', commas that group thousands are removed",
        "'0,500', '; for a decimal comma set decimal: '','''",
        "'1.000,5', '; for a decimal comma set decimal: '','''",
        "'1,00,0', '1,00,0'"
    })
    void explainsTheCommasOfANumber(String number, String hint) {
        assertThat(Conversion.shown(number)).contains(hint);
    }

    @Test
    void suggestsUnitOfNumber() {
        assertThatThrownBy(() -> TimeFormat.of("iso", ZoneOffset.UTC).read("1772359260"))
                .isInstanceOfSatisfying(
                        RefusedRow.class,
                        refused -> assertThat(refused.detail()).endsWith("; it may need as: seconds"));
    }

    @Test
    void makesOneEventPerElement() throws Exception {
        List<Event> events = events(ITEMS, file("i.jsonl", """
                {"at":"2026-03-01","who":"ann","what":"list","items":[{"id":"p1","price":0.1,"n":1},{"id":"p2","n":2}]}
                {"at":"2026-03-02","who":"ann","what":"list","items":[]}
                {"at":"2026-03-03","who":"ann","what":"list","items":[{"id":"p3","price":"dear","n":3},{"id":"p4","n":4},{"id":"p5"}]}
                """));
        assertThat(events)
                .extracting(
                        Event::eventId,
                        event -> event.fields().get("product_id"),
                        event -> event.fields().get("price"),
                        event -> event.fields().get("quantity"))
                .containsExactly(
                        tuple("i:1", "p1", new BigDecimal("0.1000"), 2.0),
                        tuple("i:1.2", "p2", null, 4.0),
                        tuple("i:3.2", "p4", null, 8.0));
        assertThat(reports.get(0).ignored())
                .extracting(ReadReport.Refusal::reason)
                .containsExactly("no element in row.items");
        assertThat(reports.get(0).refusedRows()).isEqualTo(1);
        assertThat(reports.get(0).readRows()).isEqualTo(2);
    }

    @Test
    void continuesWithLaterRulesAndTheirTime() throws Exception {
        List<Event> events = events(ITEMS, file("i.jsonl", """
                {"at":"2026-03-01","who":"ann","what":"order","items":[{"id":"p1","price":2.5},{"id":"p2"}],\
                "params":[{"key":"order","value":{"string_value":"o1"}},{"key":"total","value":{"double_value":2.5}},\
                {"key":"seen","value":"2026-02-28T10:00:00Z"}]}
                """));
        assertThat(events)
                .extracting(
                        event -> event.type().name(),
                        Event::eventId,
                        event -> Instant.ofEpochMilli(event.time()).toString())
                .containsExactly(
                        tuple("order_completed", "i:1", "2026-03-01T00:00:00Z"),
                        tuple("product_viewed", "i:1.2", "2026-02-28T10:00:00Z"));
        assertThat(events.get(0).fields().get("order_id")).isEqualTo("o1");
        assertThat((List<?>) events.get(0).fields().get("products"))
                .extracting(line -> ((Fields) line).get("product_id"))
                .containsExactly("p1", "p2");
        assertThat(events.get(1).fields().get("product_id")).isEqualTo("p1");
    }

    @Test
    void countsRowWithSeveralRefusedEventsOnce() throws Exception {
        String mapping = ITEMS.replace("fields: {product_id: \"row.items[0].id\"}", "fields: {price: \"'x'\"}");
        events(mapping, file("i.jsonl", """
                {"at":"2026-03-01","who":"ann","what":"order","items":[],"params":[]}
                {"at":"2026-03-01","who":"ann","what":"view","items":[],"params":[]}
                """));
        assertThat(reports.get(0).refusedRows()).isEqualTo(2);
        assertThat(reports.get(0).events()).isEqualTo(1);
        assertThat(reports.get(0).rows()).isEqualTo(2);
    }
}
