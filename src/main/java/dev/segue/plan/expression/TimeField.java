// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.plan.state.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** A field of an element that is computed from its time. A stored element already contains the values. */
record TimeField(Node operand, Part part, Zones zones) implements Node {
    private static final long MILLIS_AN_HOUR = 3_600_000;
    private static final long MILLIS_A_DAY = 24 * MILLIS_AN_HOUR;

    enum Part {
        TIME,
        HOUR,
        WEEKDAY,
        DAY;

        private final String field = name().toLowerCase(Locale.ROOT);

        /** Returns the field's name in the language. */
        String field() {
            return field;
        }

        static Part of(String field) {
            return valueOf(field.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public Object value(Frame frame) {
        Object element = operand.value(frame);
        return element instanceof Event event ? of(event, part, zones) : ((Map<?, ?>) element).get(part.field());
    }

    /**
     * Computes the part. Hour, weekday and day use the event's own time zone or, if it has none, the configured one.
     */
    static Object of(Event event, Part part, Zones zones) {
        if (part == Part.TIME) {
            return Instant.ofEpochMilli(event.time());
        }
        ZoneId zone = zones.named(event.fields().get(CommonFields.TIMEZONE));
        long local = zones.local(zone, event.time());
        long day = Math.floorDiv(local, MILLIS_A_DAY);
        return switch (part) {
            case HOUR -> Math.floorMod(local, MILLIS_A_DAY) / MILLIS_AN_HOUR;
            // 1970 began on a Thursday.
            case WEEKDAY -> Math.floorMod(day + 3, 7L) + 1;
            default -> day;
        };
    }
}
