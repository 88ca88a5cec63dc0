package dev.segue.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** To which instant time goes on after the last event. */
public sealed interface Until {
    /** The instant in milliseconds since the epoch, given the time of the last event. */
    OptionalLong millis(long lastEvent);

    /** Nowhere: each customer's time stops with their own last event. */
    record Nowhere() implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.empty();
        }
    }

    /** At an instant, in milliseconds since the epoch; nothing happens to customers who are later than that. */
    record At(long instant) implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.of(instant);
        }
    }

    /** So many milliseconds after the last event of all. */
    record AfterLast(long duration) implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.of(Math.addExact(lastEvent, duration));
        }
    }

    /**
     * Reads {@code 2025-11-01T12:00:00Z} or {@code +2h} (s, m, h, d, w).
     *
     * @throws IllegalArgumentException when the text is neither
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
                    + "' is neither an instant such as 2025-11-01T12:00:00Z nor a duration such as +30m, +2h or +90d");
        }
    }
}
