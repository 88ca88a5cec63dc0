// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import dev.segue.definition.language.Span;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The hour of the day at which a customer is to be written to.
 *
 * @param trait whose value is the hour, 0 to 23
 * @param within how long to wait for it
 */
public record BestHour(String trait, Span within) {

    /** Returns the hour that a trait's value is; empty if it is none. */
    public static OptionalInt hour(@Nullable Object value) {
        double number = value instanceof Number known ? known.doubleValue() : parsed(value);
        boolean isHour = number >= 0 && number <= 23 && number == Math.rint(number);
        return isHour ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    private static double parsed(@Nullable Object value) {
        return value instanceof String text && text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : Double.NaN;
    }

    /**
     * Returns the first instant from another one on at which the customer's clock shows an hour; that other instant if it
     * is too far away.
     *
     * @param first in milliseconds since the epoch
     */
    public long from(long first, int hour, ZoneId zone) {
        long latest = first + within.millis();
        long found = new LocalClock(zone).first(first, LocalTime.of(hour, 0), time -> time.getHour() == hour, latest);
        return found <= latest ? found : first;
    }
}
