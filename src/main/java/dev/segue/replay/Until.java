// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instant to which time advances after the last event. */
public sealed interface Until {
    /**
     * The instant in milliseconds since the epoch.
     *
     * @param lastEvent the time of the last event, in milliseconds since the epoch
     */
    OptionalLong millis(long lastEvent);

    /** Each customer's time stops at their own last event. */
    record Nowhere() implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.empty();
        }
    }

    /** At an instant, in milliseconds since the epoch. Customers with later events are unaffected. */
    record At(long instant) implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.of(instant);
        }
    }

    /** The given number of milliseconds after the last event of all customers. */
    record AfterLast(long duration) implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.of(Math.addExact(lastEvent, duration));
        }
    }

    /**
     * Parses {@code 2025-11-01T12:00:00Z} or {@code +2h} (s, m, h, d, w).
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Until parse(String text) {
        Matcher duration = Pattern.compile("\\+([0-9]{1,9})(s|m|h|d|w)").matcher(text);
        if (duration.matches()) {
            Map<String, Long> seconds = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L, "w", 604_800L);
            return new AfterLast(
                    Long.parseLong(duration.group(1)) * 1000L * seconds.getOrDefault(duration.group(2), 0L));
        }
        try {
            return new At(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new IllegalArgumentException("'" + text
                    + "' is neither a timestamp like 2025-11-01T12:00:00Z nor a duration like +30m, +2h or +90d");
        }
    }
}
