// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.CurrencySettings;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.InputProblem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final RecordType LINE = new RecordType(
            "Line", List.of(new Field("price", Scalar.DECIMAL, ""), new Field("quantity", Scalar.DOUBLE, "")));
    private static final EventType TYPE = new EventType(
            "order_completed",
            List.of(
                    new Field("total", Scalar.DECIMAL, ""),
                    new Field("currency", Scalar.STRING, ""),
                    new Field("products", new FieldType.Listing(new FieldType.Nested(LINE)), ""),
                    new Field("fees", new FieldType.Mapping(Scalar.DECIMAL), "")),
            true);

    private final Exchange exchange = new Exchange(
            new CurrencySettings("EUR", Map.of("USD", new BigDecimal("0.92"), "BIG", new BigDecimal("1e9"))));

    @Test
    void convertsEveryAmount() {
        Fields converted = exchange.convert(
                        order("2.00005", "usd", List.of(line("10", 3.0), line(null, 1.0)), Map.of("post", money("5"))))
                .fields();
        assertThat(converted.get("total")).isEqualTo(money("1.84"));
        assertThat(converted.get("currency")).isEqualTo("EUR");
        assertThat(converted.get("products")).isEqualTo(List.of(line("9.2", 3.0), line(null, 1.0)));
        assertThat(converted.get("fees")).isEqualTo(Map.of("post", money("4.6")));
    }

    @Test
    void keepsSentEventUnchanged() {
        Event sent = order("2", "USD", List.of(line("10", 3.0)), null);
        exchange.convert(sent);
        assertThat(sent.fields())
                .isEqualTo(order("2", "USD", List.of(line("10", 3.0)), null).fields());
    }

    @Test
    void returnsSameEventIfNothingToConvert() {
        for (String currency : new String[] {"EUR", " eur", "", "  ", null}) {
            Event event = order("2", currency, null, null);
            assertThat(exchange.convert(event)).as(currency).isSameAs(event);
        }
        Event without = order(null, "USD", null, null);
        assertThat(exchange.convert(without)).isSameAs(without);
        Event any = order("2", "USD", null, null);
        assertThat(new Exchange(CurrencySettings.none()).convert(any)).isSameAs(any);
    }

    @Test
    void unsetsAmountsWithoutRateAndReportsProblem() {
        Event sent = order("2", "JPY", List.of(line("10", 3.0)), Map.of("post", money("5")));
        Event converted = exchange.convert(sent);
        assertThat(converted.fields().get("total")).isNull();
        assertThat(converted.fields().get("currency")).isEqualTo("JPY");
        assertThat(converted.fields().get("products")).isEqualTo(List.of(line(null, 3.0)));
        assertThat(converted.fields().get("fees")).isEqualTo(Map.of());
        assertThat(problems(sent)).containsExactly(new InputProblem(InputProblem.Kind.OTHER_CURRENCY, "JPY"));
        assertThat(problems(order("2", "USD", null, null))).isEmpty();
        assertThat(problems(order(null, "JPY", null, null))).isEmpty();
    }

    @Test
    void unsetsAmountsBeyond18Digits() {
        assertThat(exchange.convert(order("99999.9999", "BIG", null, null))
                        .fields()
                        .get("total"))
                .isEqualTo(money("99999999900000"));
        Event tooLarge = order("100000", "BIG", List.of(line("1", 1.0)), null);
        assertThat(exchange.convert(tooLarge).fields().get("total")).isNull();
        assertThat(exchange.convert(tooLarge).fields().get("products")).isEqualTo(List.of(line(null, 1.0)));
        assertThat(problems(tooLarge)).hasSize(1);
    }

    @Test
    void rateChangesFingerprint() {
        String definition = "segment: s\nwhen: page_viewed.count() > 0";
        PlanOptions usual = PlanOptions.defaults();
        long none = Scenario.compile(usual, definition).fingerprint();
        long shop = Scenario.compile(usual.withCurrency(new CurrencySettings("EUR", Map.of())), definition)
                .fingerprint();
        long rate = Scenario.compile(
                        usual.withCurrency(new CurrencySettings("EUR", Map.of("USD", BigDecimal.ONE))), definition)
                .fingerprint();
        long sameRate = Scenario.compile(
                        usual.withCurrency(new CurrencySettings("eur", Map.of("usd", new BigDecimal("1.00")))),
                        definition)
                .fingerprint();
        assertThat(List.of(none, shop, rate)).doesNotHaveDuplicates();
        assertThat(sameRate).isEqualTo(rate);
    }

    private List<InputProblem> problems(Event sent) {
        Frame frame = new Frame(sent);
        exchange.inspect(sent, exchange.convert(sent), frame);
        return frame.problems();
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount).setScale(4);
    }

    private static Fields line(@Nullable String price, double quantity) {
        return new Fields(LINE, new Object[] {price == null ? null : money(price), quantity});
    }

    private static Event order(
            @Nullable String total,
            @Nullable String currency,
            @Nullable List<Fields> products,
            @Nullable Map<String, BigDecimal> fees) {
        Object[] values = new Object[TYPE.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e";
        values[CommonFields.OCCURRED_AT] = Instant.parse("2026-03-01T10:00:00Z");
        values[TYPE.record().slot("total")] = total == null ? null : new BigDecimal(total);
        values[TYPE.record().slot("currency")] = currency;
        values[TYPE.record().slot("products")] = products;
        values[TYPE.record().slot("fees")] = fees;
        return new Event(TYPE, "ann", new Fields(TYPE.record(), values));
    }
}
