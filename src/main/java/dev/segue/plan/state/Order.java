// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One order: its time is that of the first announcement, its content that of the latest, by (time, arrival).
 *
 * @param time of the first announcement, in milliseconds since the epoch
 * @param orderId empty where it has none: then it stands for itself, and nothing can be given back of it
 * @param announcedAt time of the announcement that the content is of
 * @param total of an order that states none, the sum of its lines; null where no line has a price either
 * @param fields of the order that definitions read, by name; without the total and the time
 * @param lines in the order of the content
 */
public record Order(
        long time,
        String orderId,
        long announcedAt,
        @Nullable Millionths total,
        Map<String, Object> fields,
        List<OrderLine> lines) {
    /** What says when it was, and so belongs to the first announcement. */
    private static final List<String> CLOCK = List.of("hour", "weekday", "day");

    /** This order, announced once more by an event that came later. */
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

    /** Whether both look the same to definitions. */
    boolean looksLike(Order other) {
        return time == other.time
                && Objects.equals(total, other.total)
                && fields.equals(other.fields)
                && lines.equals(other.lines);
    }

    /** The quantity of each line, in millionths of a piece. */
    long[] quantities() {
        return lines.stream().mapToLong(OrderLine::quantity).toArray();
    }
}
