// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.statistics.WindowSize;
import dev.segue.statistics.Windows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How far back a chart goes. */
public enum TimeRange {
    DAY("1d", "24 hours", WindowSize.HOUR, 24),
    WEEK("7d", "7 days", WindowSize.HOUR, 168),
    MONTH("30d", "30 days", WindowSize.DAY, 30),
    QUARTER("90d", "90 days", WindowSize.DAY, 90),
    YEAR("1y", "1 year", WindowSize.DAY, 365);

    private final String word;
    private final String label;
    private final WindowSize size;
    private final int windows;

    TimeRange(String word, String label, WindowSize size, int windows) {
        this.word = word;
        this.label = label;
        this.size = size;
        this.windows = windows;
    }

    /** The word in addresses. */
    public String word() {
        return word;
    }

    /** The words in pages. */
    public String label() {
        return label;
    }

    WindowSize size() {
        return size;
    }

    boolean isByHour() {
        return size == WindowSize.HOUR;
    }

    /** Returns the range with a word; a week if there is none. */
    public static TimeRange of(String word) {
        return Arrays.stream(values())
                .filter(range -> range.word.equals(word))
                .findFirst()
                .orElse(WEEK);
    }

    /** Returns when each window begins, up to the one that is open, in milliseconds since the epoch. */
    List<Long> starts(Instant now, ZoneId zone) {
        long last = new Windows(zone).start(size, Windows.hour(now.toEpochMilli()));
        if (isByHour()) {
            return Stream.iterate(last - (windows - 1) * Windows.HOUR, start -> start + Windows.HOUR)
                    .limit(windows)
                    .toList();
        }
        // Days of the zone differ in length.
        Instant first = Instant.ofEpochMilli(last);
        return Stream.iterate(0, day -> day + 1)
                .limit(windows)
                .map(day -> first.atZone(zone)
                        .toLocalDate()
                        .minusDays(windows - 1L - day)
                        .atStartOfDay(zone)
                        .toInstant()
                        .toEpochMilli())
                .toList();
    }
}
