// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Formats the length of a stay with its two largest units, such as {@code 3d 4h}. */
public final class StayText {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private StayText() {}

    /** @param millis null if there was no stay */
    public static String of(@Nullable Long millis) {
        if (millis == null) {
            return "-";
        }
        if (millis < 10 * SECOND) {
            return String.valueOf(millis / (double) SECOND) + "s";
        }
        long unit = millis < HOUR ? SECOND : millis < DAY ? MINUTE : HOUR;
        Duration rounded = Duration.ofMillis((millis + unit / 2) / unit * unit);
        return join(
                rounded.toDays(), "d", rounded.toHoursPart(), "h", rounded.toMinutesPart(), rounded.toSecondsPart());
    }

    private static String join(long days, String day, int hours, String hour, int minutes, int seconds) {
        if (days > 0) {
            return days + day + (hours > 0 ? " " + hours + hour : "");
        }
        if (hours > 0) {
            return hours + hour + (minutes > 0 ? " " + minutes + "m" : "");
        }
        return (minutes > 0 ? minutes + "m" : "")
                + (seconds > 0 || minutes == 0 ? (minutes > 0 ? " " : "") + seconds + "s" : "");
    }
}
