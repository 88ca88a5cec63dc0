// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One order. It has the time of the first announcement and the content of the latest, by (time, arrival).
 *
 * @param time of the first announcement, in milliseconds since the epoch
 * @param orderId empty if it has none: then it is distinct from all other orders and cannot be refunded
 * @param announcedAt time of the announcement that provided the content
 * @param total the stated total, or the sum of the lines if none is stated; null if no line has a price either
 * @param fields of the order that definitions read, by name; without the total and the time
 * @param lines in the order of the event
 */
public record Order(
        long time,
        String orderId,
        long announcedAt,
        @Nullable Millionths total,
        Map<String, Object> fields,
        List<OrderLine> lines) {
    /** Fields that follow from the time, and so are taken from the first announcement. */
    private static final List<String> CLOCK = List.of("hour", "weekday", "day");

    /** Combines this order with an announcement that arrived later. */
    Order announced(Order again) {
        Order first = again.time < time ? again : this;
        Order latest = again.announcedAt >= announcedAt ? again : this;
        Map<String, Object> merged = new LinkedHashMap<>(latest.fields);
        for (String name : CLOCK) {
            Object value = first.fields.get(name);
            if (value != null) {
                merged.put(name, value);
            }
        }
        return new Order(first.time, orderId, latest.announcedAt, latest.total, merged, latest.lines);
    }

    /** Returns whether definitions cannot distinguish the two orders. */
    boolean looksLike(Order other) {
        return time == other.time
                && Objects.equals(total, other.total)
                && fields.equals(other.fields)
                && lines.equals(other.lines);
    }

    /**
     * Returns whether both state one total and equal products, quantities and prices. Other fields are not compared,
     * because those that are stored change with the definitions.
     */
    boolean hasContentOf(Order other) {
        boolean equal = Objects.equals(total, other.total) && lines.size() == other.lines.size();
        for (int index = 0; equal && index < lines.size(); index++) {
            equal = lines.get(index).isLike(other.lines.get(index));
        }
        return equal;
    }

    /** Returns the quantity of each line, in millionths of a piece. */
    long[] quantities() {
        long[] quantities = new long[lines.size()];
        for (int index = 0; index < quantities.length; index++) {
            quantities[index] = lines.get(index).quantity();
        }
        return quantities;
    }
}
