// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Converts amounts to the shop's currency, as docs/language.md specifies. */
final class OracleMoney {
    /** As settings contain them. GBP has no rate, to test that case. */
    static final Map<String, String> RATES = Map.of("USD", "0.92", "JPY", "0.0061", "CHF", "1.0725");

    private final String shop;

    /** @param shop the shop's currency; empty if amounts are not converted */
    OracleMoney(String shop) {
        this.shop = shop;
    }

    /** Returns the event with converted amounts. */
    Event of(Event event) {
        String sent = event.fields().get("currency") instanceof String text ? text : "";
        String code = sent.trim().toUpperCase(Locale.ROOT);
        if (shop.isEmpty() || code.isEmpty() || code.equals(shop) || amounts(event.fields()) == 0) {
            return event;
        }
        String rate = RATES.get(code);
        Fields fields = converted(event.fields(), rate);
        if (rate != null) {
            fields = with(fields, "currency", shop);
        } else if (event.type().name().equals("order_refunded")
                && event.fields().get("total") instanceof BigDecimal
                && (event.fields().get("products") == null
                        || ((List<?>) event.fields().get("products")).isEmpty())) {
            // A refund of an unknown amount is not a refund of the whole order.
            fields = with(fields, "total", BigDecimal.ZERO);
        }
        return new Event(event.type(), event.customerId(), fields);
    }

    private static Fields converted(Fields fields, String rate) {
        Fields converted = fields;
        for (var field : fields.type().fields()) {
            Object value = fields.get(field.name());
            if (value instanceof BigDecimal amount) {
                Object worth = rate == null
                        ? null
                        : amount.multiply(new BigDecimal(rate)).setScale(4, RoundingMode.HALF_EVEN);
                converted = with(converted, field.name(), worth);
            } else if (value instanceof Fields inner) {
                converted = with(converted, field.name(), converted(inner, rate));
            } else if (value instanceof List<?> list && field.name().equals("products")) {
                List<Object> lines = new ArrayList<>();
                list.forEach(line -> lines.add(converted((Fields) line, rate)));
                converted = with(converted, field.name(), lines);
            }
        }
        return converted;
    }

    private static int amounts(Fields fields) {
        int found = 0;
        for (var field : fields.type().fields()) {
            Object value = fields.get(field.name());
            if (value instanceof BigDecimal) {
                found++;
            } else if (value instanceof Fields inner) {
                found += amounts(inner);
            } else if (value instanceof List<?> list && field.name().equals("products")) {
                for (Object line : list) {
                    found += amounts((Fields) line);
                }
            }
        }
        return found;
    }

    private static Fields with(Fields fields, String name, Object value) {
        Object[] values = new Object[fields.type().fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = fields.get(slot);
        }
        values[fields.type().slot(name)] = value;
        return new Fields(fields.type(), values);
    }
}
