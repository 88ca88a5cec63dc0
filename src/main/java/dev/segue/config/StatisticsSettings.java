// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;
import java.time.Instant;

/**
 * Statistics of segments, as a topic.
 *
 * @param enabled whether anything is counted; if not, the topics are not created
 * @param interval how long a task adds up before it sends, 1 s to 10 min
 * @param since what happened before counts in no window, as when the past of a shop is sent in; sizes count those who are
 *     members then. Whole hours
 * @param keepHours how long the counts of an hour are kept, 2 d to 10 years; late events revise them as long
 * @param keepDays how long the counts of a day are kept, at least as long as those of an hour, 35 d to 10 years
 * @param mostNames how many pages, forms, products and categories each a task tells apart within an hour, 100 to 1000000
 */
public record StatisticsSettings(
        boolean enabled, Duration interval, Instant since, Duration keepHours, Duration keepDays, int mostNames) {

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public StatisticsSettings {
        Check.within("statistics.interval", interval, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Check.within("statistics.keep_hours", keepHours, Duration.ofDays(2), Duration.ofDays(3660));
        Check.within("statistics.keep_days", keepDays, Duration.ofDays(35), Duration.ofDays(3660));
        Check.within("statistics.most_names", mostNames, 100, 1_000_000);
        Check.that(
                keepDays.compareTo(keepHours) >= 0,
                "statistics.keep_days must not be shorter than keep_hours, %s",
                keepHours);
    }

    /** Sent every ten seconds; hours are kept for eight days, days for 400. */
    public static StatisticsSettings defaults() {
        return new StatisticsSettings(
                true, Duration.ofSeconds(10), Instant.EPOCH, Duration.ofDays(8), Duration.ofDays(400), 10_000);
    }

    public StatisticsSettings withEnabled(boolean value) {
        return new StatisticsSettings(value, interval, since, keepHours, keepDays, mostNames);
    }

    public StatisticsSettings withSince(Instant value) {
        return new StatisticsSettings(enabled, interval, value, keepHours, keepDays, mostNames);
    }
}
