// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.config.CurrencySettings;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.InputProblem.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts the amounts of events to the shop's currency before any other processing. Each amount is multiplied by the
 * rate exactly and rounded half-even to four decimals, the scale in which money is stored.
 */
final class Exchange {
    private static final String CURRENCY = "currency";
    private static final String TOTAL = "total";
    private static final int SCALE = 4;
    private static final int DIGITS = 18;

    private final @Nullable String shop;
    private final Map<String, BigDecimal> rates;

    Exchange(CurrencySettings settings) {
        this.shop = settings.shop();
        this.rates = settings.rates();
    }

    /** Returns whether amounts are converted. */
    boolean isOn() {
        return shop != null;
    }

    /**
     * Returns the event with its amounts and its {@code currency} converted to the shop's currency. Without a rate, or
     * if an amount would exceed 18 digits, its amounts are unset and its {@code currency} stays unchanged. An exception
     * is the total of a refund without products: it becomes 0, because a refund without a total means the whole order.
     * An event in the shop's currency, without a currency or without amounts is returned unchanged.
     */
    Event convert(Event event) {
        if (shop == null || !(event.fields().get(CURRENCY) instanceof String text) || text.equals(shop)) {
            return event;
        }
        String code = CurrencySettings.code(text);
        if (code.isEmpty() || code.equals(shop)) {
            return event;
        }
        Conversion conversion = new Conversion(rates.get(code));
        Fields converted = conversion.of(event.fields());
        if (!conversion.found) {
            return event;
        }
        if (conversion.rate != null && !conversion.tooLarge) {
            return with(event, converted, shop);
        }
        return with(event, new Conversion(null).of(event.fields()), text);
    }

    private static Event with(Event event, Fields fields, String currency) {
        RecordType type = fields.type();
        @Nullable Object[] values = values(fields);
        if (isRefundOfAnAmount(event) && fields.get(TOTAL) == null) {
            values[type.slot(TOTAL)] = BigDecimal.ZERO;
        }
        values[type.slot(CURRENCY)] = currency;
        return new Event(event.type(), event.customerId(), new Fields(type, values));
    }

    private static boolean isRefundOfAnAmount(Event event) {
        return event.type().name().equals(EventNames.ORDER_REFUNDED)
                && event.fields().get(TOTAL) != null
                && !(event.fields().get("products") instanceof List<?> products && !products.isEmpty());
    }

    /** Reports a problem if the amounts of an event were unset. */
    void inspect(Event sent, Event converted, Frame frame) {
        if (converted != sent && converted.fields().get(CURRENCY) instanceof String left && !left.equals(shop)) {
            frame.problem(Kind.OTHER_CURRENCY, left);
        }
    }

    private static @Nullable Object[] values(Fields fields) {
        @Nullable Object[] values = new Object[fields.type().fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = fields.get(slot);
        }
        return values;
    }

    /** Converts all amounts of one event by one rate. */
    private static final class Conversion {
        private final @Nullable BigDecimal rate;
        private boolean found;
        private boolean tooLarge;

        /** @param rate null to unset the amounts */
        Conversion(@Nullable BigDecimal rate) {
            this.rate = rate;
        }

        Fields of(Fields fields) {
            @Nullable Object[] values = values(fields);
            for (int slot = 0; slot < values.length; slot++) {
                Object value = values[slot];
                if (value != null) {
                    values[slot] = of(fields.type().fields().get(slot).type(), value);
                }
            }
            return new Fields(fields.type(), values);
        }

        private @Nullable Object of(FieldType type, Object value) {
            if (type == FieldType.Scalar.DECIMAL) {
                return amount((BigDecimal) value);
            }
            if (type instanceof FieldType.Nested) {
                return of((Fields) value);
            }
            if (type instanceof FieldType.Listing listing) {
                List<Object> list = new ArrayList<>();
                for (Object element : (List<?>) value) {
                    Object converted = of(listing.element(), element);
                    if (converted != null) {
                        list.add(converted);
                    }
                }
                return list;
            }
            if (type instanceof FieldType.Mapping mapping) {
                Map<String, Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, part) -> {
                    Object converted = of(mapping.value(), part);
                    if (converted != null) {
                        map.put((String) key, converted);
                    }
                });
                return map;
            }
            return value;
        }

        private @Nullable BigDecimal amount(BigDecimal amount) {
            found = true;
            if (rate == null) {
                return null;
            }
            BigDecimal converted = amount.multiply(rate).setScale(SCALE, RoundingMode.HALF_EVEN);
            tooLarge |= converted.precision() > DIGITS;
            return converted;
        }
    }
}
