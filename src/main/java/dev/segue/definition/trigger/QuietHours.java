// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Hours of the day, by the customer's clock, in which nothing is sent.
 *
 * @param from the first quiet minute
 * @param to the first minute that is not quiet, perhaps of the next day; not {@code from}
 */
public record QuietHours(LocalTime from, LocalTime to) {

    /**
     * Returns when the quiet hours end that an instant is in; the instant itself if it is in none.
     *
     * @param now in milliseconds since the epoch
     */
    public long endAfter(long now, ZoneId zone) {
        return new LocalClock(zone).first(now, to, time -> !contains(time), Long.MAX_VALUE);
    }

    private boolean contains(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean goesOn = time.isBefore(to);
        return from.isBefore(to) ? begun && goesOn : begun || goesOn;
    }

    /** As the definition writes it. */
    public String text() {
        return from + " to " + to;
    }
}
