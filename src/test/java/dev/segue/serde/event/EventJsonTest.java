// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {
    private final EventJson json = new EventJson(SampleEvents.SCHEMAS.vocabulary());

    static Stream<EventType> types() {
        return SampleEvents.SCHEMAS.vocabulary().types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsEveryTypeAsWritten(EventType type) throws BadRecord {
        for (Event event : List.of(SampleEvents.full(type), SampleEvents.bare(type))) {
            Event back = json.read(EventLine.of(event));
            assertThat(back.fields()).isEqualTo(event.fields());
            assertThat(back.customerId()).isEqualTo("ann");
            assertThat(back.type()).isSameAs(type);
        }
    }

    @Test
    void leavesOutWhatIsUnset() {
        assertThat(EventLine.of(SampleEvents.bare(SampleEvents.type("product_viewed"))))
                .isEqualTo("{\"type\":\"product_viewed\",\"customer_id\":\"ann\",\"event_id\":\"e1\","
                        + "\"occurred_at\":\"2025-11-01T10:00:00.000Z\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1000",
        "'\"0.1\"', 0.1000",
        "12345678901234.5678, 12345678901234.5678",
        "-5, -5.0000",
        "1e2, 100.0000",
        "0.10000000, 0.1000",
        "0e999999999, 0.0000"
    })
    void readsMoneyExactly(String written, BigDecimal price) throws BadRecord {
        assertThat(viewed("\"price\":" + written).get("price")).isEqualTo(price);
    }

    @Test
    void explicitNullClearsProfileField() throws BadRecord {
        Fields fields = updated("\"birthday\":null,\"age\":41,\"gender\":null,\"city\":null,\"channel\":null");
        assertThat(fields.get("cleared")).isEqualTo(List.of("birthday", "gender", "city"));
        assertThat(fields.get("birthday")).isNull();
        assertThat(fields.get("age")).isEqualTo(41L);
        assertThat(updated("\"cleared\":[\"age\",\"city\"],\"city\":null,\"tags\":null")
                        .get("cleared"))
                .isEqualTo(List.of("age", "city", "tags"));
    }

    @Test
    void absentFieldClearsNothing() throws BadRecord {
        assertThat(updated("\"birthday\":\"\",\"cleared\":null").get("cleared")).isNull();
        assertThat(viewed("\"price\":null,\"city\":null").get("price")).isNull();
    }

    @Test
    void nullKeyOfTagsIsRemoved() throws BadRecord {
        assertThat(updated("\"tags\":{\"vip\":null,\"club\":\"yes\"}").get("tags"))
                .isEqualTo(Map.of("vip", "", "club", "yes"));
    }

    @Test
    void readsMixedValuesAsWritten() throws BadRecord {
        Fields fields = updated(
                "\"attributes\":{\"plan\":\"gold\",\"seats\":20,\"score\":\"20\",\"trial\":false,\"old\":null}");
        assertThat(fields.get("attributes"))
                .isEqualTo(Map.of("plan", "gold", "seats", 20.0, "score", "20", "trial", false, "old", ""));
        assertThat(catchThrowableOfType(BadRecord.class, () -> updated("\"attributes\":{\"sizes\":[\"M\"]}")))
                .hasMessage("attributes.'sizes' is a list of 1; it must be a text, a number, or true or false");
        assertThat(catchThrowableOfType(BadRecord.class, () -> updated("\"attributes\":{\"n\":1e999}"))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void unsetOriginIsStatedAndUnknownOneIsRefused() throws BadRecord {
        assertThat(updated("\"age\":41").get("origin")).isEqualTo("stated");
        assertThat(updated("\"age\":41,\"origin\":\"bought\"").get("origin")).isEqualTo("bought");
        assertThat(catchThrowableOfType(BadRecord.class, () -> updated("\"origin\":\"bougth\"")))
                .hasMessage("origin is 'bougth'; it must be one of stated, observed, partner, bought."
                        + " Did you mean 'bought'?");
    }

    private Fields updated(String fields) throws BadRecord {
        return json.read("{\"type\":\"profile_updated\",\"customer_id\":\"ann\",\"event_id\":\"e1\","
                        + "\"occurred_at\":\"2025-11-01T10:00:00Z\"," + fields + "}")
                .fields();
    }

    @Test
    void writesMoneyAsPlainNumber() throws BadRecord {
        Event event = json.read(line("\"price\":\"1200.50\""));
        assertThat(EventLine.of(event)).contains("\"price\":1200.5}");
        assertThat(EventLine.of(json.read(line("\"price\":1000")))).contains("\"price\":1000}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price: 0.00001 | price is 0.00001; it must be a decimal with at most 14 digits before and 4 after",
                "price: 123456789012345 | price is 123456789012345; it must be a decimal",
                "price: 1e999999999 | price is 1E+999999999; it must be a decimal",
                "price: \"cheap\" | price is 'cheap'; it must be a decimal",
                "price: true | price is true; it must be a decimal",
                "product_id: 12 | product_id is 12; it must be text",
                "position: 1.5 | position is 1.5; it must be a whole number",
                "position: 9223372036854775808 | position is 9223372036854775808; it must be a whole number",
                "quantity: 1e309 | quantity is 1E+309; it must be a number",
                "quantity: [] | quantity is a list of 0; it must be a number",
                "launched_at: \"yesterday\" | launched_at is 'yesterday'; it must be a time such as",
                "launched_at: 9223372036854775807 | launched_at is 9223372036854775807 ms",
                "device: \"iPhone\" | device is 'iPhone'; it must be a record (Device)",
            })
    void refusesUnfitValue(String field, String message) {
        BadRecord bad = refused(line("\"" + field.replaceFirst(":", "\":")));
        assertThat(bad).hasMessageStartingWith(message);
        assertThat(bad.reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00.000Z, false",
        "1970-01-01T00:00:00.001Z, true",
        "9998-12-31T23:59:59.999Z, true",
        "9999-01-01T00:00:00Z, false",
        "-0001-01-01T00:00:00Z, false",
        "2025-11-01T10:00:00+01:00, true",
        "2025-11-01 10:00:00, false",
        "now, false"
    })
    void acceptsPossibleTimesOnly(String time, boolean possible) throws BadRecord {
        String line = "{\"type\":\"page_viewed\",\"customer_id\":\"ann\",\"event_id\":\"e\",\"occurred_at\":\"" + time
                + "\"}";
        if (possible) {
            assertThat(json.read(line).time()).isEqualTo(Instant.parse(time).toEpochMilli());
        } else {
            BadRecord bad = refused(line);
            assertThat(bad.reason()).isEqualTo(Reason.IMPOSSIBLE_TIME);
            assertThat(bad).hasMessageContaining("occurred_at").hasMessageContaining(time);
        }
    }

    @Test
    void suggestsNearestNames() {
        assertRefused(
                line("\"prodct_id\":\"p\""),
                Reason.UNKNOWN_FIELD,
                "unknown field 'prodct_id' of product_viewed. Did you mean 'product_id'?");
        assertRefused(
                line("\"device\":{\"so\":\"ios\"}"),
                Reason.UNKNOWN_FIELD,
                "unknown field 'so' of device. Did you mean 'os'?");
        assertRefused(
                line("\"zzzzzz\":1"),
                Reason.UNKNOWN_FIELD,
                "unknown field 'zzzzzz' of product_viewed. Known names:"
                        + " anonymous_id, brand, category, channel, city, country and");
        assertRefused(
                "{\"type\":\"product_veiwed\"}",
                Reason.UNKNOWN_EVENT_TYPE,
                "unknown event type 'product_veiwed'. Did you mean 'product_viewed'?");
    }

    @Test
    void namesMissingField() {
        assertRefused("{}", Reason.UNKNOWN_EVENT_TYPE, "the event has no 'type'");
        assertRefused("{\"type\":\"page_viewed\"}", Reason.MISSING_CUSTOMER, "the event has no customer_id");
        assertRefused(
                "{\"type\":\"page_viewed\",\"customer_id\":\" \"}",
                Reason.MISSING_CUSTOMER,
                "the event's customer_id is blank");
        assertRefused(
                "{\"type\":\"page_viewed\",\"customer_id\":7}",
                Reason.MISSING_CUSTOMER,
                "customer_id is 7, which is not text; put it in quotes");
        assertRefused(
                "{\"type\":\"page_viewed\",\"customer_id\":\"a\",\"occurred_at\":1}",
                Reason.MISSING_EVENT_ID,
                "the event has no event_id");
        assertRefused(
                "{\"type\":\"page_viewed\",\"customer_id\":\"a\",\"event_id\":\"e\"}",
                Reason.IMPOSSIBLE_TIME,
                "the event has no occurred_at");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense",
                "null",
                "[1]",
                "7",
                "''",
                "{\"type\":\"page_viewed\"",
                "{\"type\":\"a\",\"type\":\"b\"}",
                "{} {}"
            })
    void refusesOtherJson(String line) {
        assertThat(refused(line).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void acceptsElementsUpToLimit() throws BadRecord {
        assertThat(products(EventLimits.ELEMENTS).get("products"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(EventLimits.ELEMENTS);
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> products(EventLimits.ELEMENTS + 1));
        assertThat(bad.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesTooLongValues() {
        String longId = "x".repeat(EventLimits.ID + 1);
        assertThat(refused(line("\"brand\":\"" + "x".repeat(EventLimits.RECORD) + "\""))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refused("{\"type\":\"page_viewed\",\"customer_id\":\"" + longId + "\"}")
                        .reason())
                .isEqualTo(Reason.MISSING_CUSTOMER);
        BadRecord id = refused("{\"type\":\"page_viewed\",\"customer_id\":\"a\",\"event_id\":\"" + longId + "\"}");
        assertThat(id.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(id.getMessage()).hasSizeLessThan(200);
        BadRecord name = refused(line("\"" + "x".repeat(400_000) + "\":1"));
        assertThat(name.reason()).isIn(Reason.UNKNOWN_FIELD, Reason.MALFORMED);
        assertThat(name.getMessage()).hasSizeLessThan(300);
    }

    @Test
    void readsNullAsUnset() throws BadRecord {
        Fields fields = viewed("\"device\":{\"os\":\"ios\",\"type\":null}");
        assertThat(((Fields) fields.get("device")).get("os")).isEqualTo("ios");
        assertThat(((Fields) fields.get("device")).get("type")).isNull();
    }

    private Fields products(int count) throws BadRecord {
        return json.read("{\"type\":\"order_completed\",\"customer_id\":\"ann\",\"event_id\":\"e\","
                        + "\"occurred_at\":\"2025-11-01T10:00:00Z\",\"products\":["
                        + String.join(",", Collections.nCopies(count, "{}")) + "]}")
                .fields();
    }

    private Fields viewed(String field) throws BadRecord {
        return json.read(line(field)).fields();
    }

    private static String line(String field) {
        return "{\"type\":\"product_viewed\",\"customer_id\":\"ann\",\"event_id\":\"e\","
                + "\"occurred_at\":\"2025-11-01T10:00:00Z\"," + field + "}";
    }

    private void assertRefused(String line, Reason reason, String message) {
        BadRecord bad = refused(line);
        assertThat(bad).hasMessageStartingWith(message);
        assertThat(bad.reason()).isEqualTo(reason);
    }

    private BadRecord refused(String line) {
        return catchThrowableOfType(BadRecord.class, () -> json.read(line));
    }
}
