// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An instant in a page.
 *
 * @param iso for programs, in UTC
 * @param exact for people, in the shop's time zone
 * @param relative to now, such as {@code 5 min ago}
 */
public record ShownTime(String iso, String exact, String relative) {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MONTH = 60 * DAY;
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    static ShownTime of(Instant instant, Instant now, ZoneId zone) {
        Duration ago = Duration.between(instant, now);
        String relative = ago.abs().toSeconds() >= MONTH
                ? DATE.format(instant.atZone(zone))
                : ago.isNegative() ? "in " + length(ago.negated()) : ago.toSeconds() < 1 ? "now" : length(ago) + " ago";
        return new ShownTime(instant.toString(), EXACT.format(instant.atZone(zone)), relative);
    }

    /** Formats a duration with its largest unit, rounded down. */
    public static String length(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min";
        }
        return seconds < DAY ? seconds / HOUR + " h" : seconds < 2 * DAY ? "1 day" : seconds / DAY + " days";
    }
}
