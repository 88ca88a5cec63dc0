// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.value.DurationText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/** The instant to which time advances after the last event. */
public sealed interface Until {
    /**
     * The instant in milliseconds since the epoch.
     *
     * @param lastEvent the time of the last event, in milliseconds since the epoch
     */
    OptionalLong millis(long lastEvent);

    /** Returns true if an event of this time, in milliseconds since the epoch, is not after the instant. */
    default boolean includes(long time) {
        return true;
    }

    /** Each customer's time stops at their own last event. */
    record Nowhere() implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.empty();
        }
    }

    /** At an instant, in milliseconds since the epoch. Later events are left out. */
    record At(long instant) implements Until {
        @Override
        public OptionalLong millis(long lastEvent) {
            return OptionalLong.of(instant);
        }

        @Override
        public boolean includes(long time) {
            return time <= instant;
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
     * Parses {@code 2025-11-01T12:00:00Z} or {@code +2h}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Until parse(String text) {
        if (text.startsWith("+")) {
            return new AfterLast(DurationText.parse(text.substring(1))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text + "': " + DurationText.complaint(text.substring(1))))
                    .toMillis());
        }
        try {
            return new At(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new IllegalArgumentException("'" + text
                    + "' is neither a timestamp like 2025-11-01T12:00:00Z nor a duration like +30m, +2h or +90d");
        }
    }
}
