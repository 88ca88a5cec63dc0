// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.config.RefusedIds;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Fields;
import dev.segue.event.ProfileFields;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.OrderReader;
import dev.segue.plan.expression.ProfileDate;
import dev.segue.plan.state.InputProblem.Kind;
import dev.segue.plan.state.Product;
import dev.segue.plan.state.Zones;
import java.math.BigDecimal;
import java.util.List;

/**
 * Finds unusable or missing content of an event. It runs once per event, independent of the definitions, so that a
 * problem is not counted again for every aggregate. It reads only a few fields.
 */
final class EventInspection {
    private static final String TOTAL = "total";
    private static final String PRICE = "price";

    private final Zones zones;
    private final List<ProfileDate> dates;
    private final RefusedIds placeholders;

    /**
     * @param dates texts of the profile that definitions read as dates
     * @param placeholders ids that are no order's own
     */
    EventInspection(Zones zones, List<ProfileDate> dates, RefusedIds placeholders) {
        this.zones = zones;
        this.dates = dates;
        this.placeholders = placeholders;
    }

    /** @param frame of the event; receives the problems */
    void inspect(Event event, Frame frame) {
        Object zone = event.fields().get(CommonFields.TIMEZONE);
        if (zones.isUnknown(zone)) {
            frame.problem(Kind.UNKNOWN_TIME_ZONE, String.valueOf(zone));
        }
        switch (event.type().name()) {
            case EventNames.PRODUCT_ADDED, EventNames.PRODUCT_REMOVED -> cartEvent(event.fields(), frame);
            case EventNames.ORDER_COMPLETED -> order(event, frame);
            case EventNames.ORDER_REFUNDED, EventNames.ORDER_CANCELLED -> refund(event, frame);
            case EventNames.PROFILE_UPDATED -> profile(event, frame);
            default -> {}
        }
    }

    private static void cartEvent(Fields fields, Frame frame) {
        quantity(fields, frame);
        amount(fields, PRICE, frame);
        if (Product.of(fields) == null) {
            frame.problem(Kind.CART_WITHOUT_PRODUCT, "");
        }
    }

    private void order(Event event, Frame frame) {
        Fields fields = event.fields();
        orderId(fields, frame);
        amount(fields, TOTAL, frame);
        OrderReader.products(event).forEach(line -> quantity(line, frame));
    }

    private void refund(Event event, Frame frame) {
        Fields fields = event.fields();
        orderId(fields, frame);
        amount(fields, TOTAL, frame);
        if (isUnset(fields, "order_id")) {
            frame.problem(Kind.REFUND_WITHOUT_ORDER, "");
        }
        for (Fields line : OrderReader.products(event)) {
            if (Product.of(line) == null) {
                frame.problem(Kind.REFUND_WITHOUT_PRODUCT, "");
            }
            quantity(line, frame);
            amount(line, PRICE, frame);
        }
    }

    private void orderId(Fields fields, Frame frame) {
        if (fields.get("order_id") instanceof String id && placeholders.refuses(id)) {
            frame.problem(Kind.PLACEHOLDER_ORDER_ID, id);
        }
    }

    private static void quantity(Fields fields, Frame frame) {
        if (fields.get("quantity") instanceof Number quantity && quantity.doubleValue() < 0) {
            frame.problem(Kind.NEGATIVE_QUANTITY, quantity.toString());
        }
    }

    private static void amount(Fields fields, String name, Frame frame) {
        if (fields.get(name) instanceof BigDecimal amount && amount.signum() < 0) {
            frame.problem(
                    Kind.NEGATIVE_AMOUNT,
                    name + " " + amount.stripTrailingZeros().toPlainString());
        }
    }

    private void profile(Event event, Frame frame) {
        for (ProfileDate date : dates) {
            String text = date.unreadable(event.fields());
            if (text != null) {
                frame.problem(Kind.UNREADABLE_DATE, text);
            }
        }
        if (event.fields().get(ProfileFields.CLEARED) instanceof List<?> names) {
            for (Object name : names) {
                if (!ProfileFields.isClearable(event.type(), String.valueOf(name))) {
                    frame.problem(Kind.UNKNOWN_CLEARED_FIELD, String.valueOf(name));
                }
            }
        }
    }

    private static boolean isUnset(Fields fields, String name) {
        return !(fields.get(name) instanceof String text) || text.isEmpty();
    }
}
