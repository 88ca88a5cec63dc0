// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import dev.segue.value.DurationText;
import java.time.Duration;
import java.util.Locale;

/** Range checks of settings, with their messages. */
final class Check {
    private Check() {}

    static void that(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
        }
    }

    static void within(String key, long value, long least, long most) {
        that(value >= least && value <= most, "%s must be from %d to %d, not %d", key, least, most, value);
    }

    static void within(String key, Duration value, Duration least, Duration most) {
        that(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "%s must be from %s to %s, not %s",
                key,
                DurationText.write(least),
                DurationText.write(most),
                DurationText.write(value));
    }
}
