// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.plan.state.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** A field of an element that is computed from its time. A stored element already contains the values. */
record TimeField(Node operand, Part part, Zones zones) implements Node {
    private static final long SECONDS_A_DAY = 86_400;
    private static final long SECONDS_AN_HOUR = 3_600;
    /** 5 January 1970, as a day since the epoch. */
    private static final long FIRST_MONDAY = 4;

    enum Part {
        TIME,
        HOUR,
        WEEKDAY,
        DAY;

        /** Returns the field's name in the language. */
        String field() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Part of(String field) {
            return valueOf(field.toUpperCase(java.util.Locale.ROOT));
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
        Instant time = Instant.ofEpochMilli(event.time());
        if (part == Part.TIME) {
            return time;
        }
        ZoneId zone = zones.named(event.fields().get(CommonFields.TIMEZONE));
        // Every event needs all three, and building dates for them would cost more than the rest of an aggregate.
        long seconds = time.getEpochSecond() + zone.getRules().getOffset(time).getTotalSeconds();
        long day = Math.floorDiv(seconds, SECONDS_A_DAY);
        return switch (part) {
            case HOUR -> Math.floorMod(seconds, SECONDS_A_DAY) / SECONDS_AN_HOUR;
            case WEEKDAY -> Math.floorMod(day - FIRST_MONDAY, 7L) + 1;
            default -> day;
        };
    }
}
