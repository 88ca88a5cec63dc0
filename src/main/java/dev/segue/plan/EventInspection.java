// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Fields;
import dev.segue.event.ProfileFields;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.ProfileDate;
import dev.segue.plan.state.InputProblem.Kind;
import dev.segue.plan.state.Product;
import dev.segue.plan.state.Zones;
import java.util.List;

/**
 * Finds unusable or missing content of an event. It runs once per event, independent of the definitions, so that a
 * problem is not counted again for every aggregate. It reads only a few fields.
 */
final class EventInspection {
    private final Zones zones;
    private final List<ProfileDate> dates;

    /** @param dates texts of the profile that definitions read as dates */
    EventInspection(Zones zones, List<ProfileDate> dates) {
        this.zones = zones;
        this.dates = dates;
    }

    /** @param frame of the event; receives the problems */
    void inspect(Event event, Frame frame) {
        Object zone = event.fields().get(CommonFields.TIMEZONE);
        if (zones.isUnknown(zone)) {
            frame.problem(Kind.UNKNOWN_TIME_ZONE, String.valueOf(zone));
        }
        switch (event.type().name()) {
            case EventNames.PRODUCT_ADDED, EventNames.PRODUCT_REMOVED -> cartEvent(event.fields(), frame);
            case EventNames.ORDER_REFUNDED, EventNames.ORDER_CANCELLED -> refund(event.fields(), frame);
            case EventNames.PROFILE_UPDATED -> profile(event, frame);
            default -> {}
        }
    }

    private static void cartEvent(Fields fields, Frame frame) {
        if (Product.of(fields) == null) {
            frame.problem(Kind.CART_WITHOUT_PRODUCT, "");
        }
    }

    private static void refund(Fields fields, Frame frame) {
        if (isUnset(fields, "order_id")) {
            frame.problem(Kind.REFUND_WITHOUT_ORDER, "");
        }
        if (fields.get("products") instanceof List<?> lines) {
            for (Object line : lines) {
                if (Product.of((Fields) line) == null) {
                    frame.problem(Kind.REFUND_WITHOUT_PRODUCT, "");
                }
            }
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
