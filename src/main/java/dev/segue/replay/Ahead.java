// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.replay.file.Findings;
import dev.segue.replay.file.ReadReport;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the events that lie in the future. They are applied like all others, because a simulated shop has its own
 * clock, but they are usually a wrong unit, year or order of day and month.
 */
final class Ahead {
    /** Clocks and time zones differ by less. */
    private static final long TOLERANCE = Duration.ofDays(1).toMillis();

    private Ahead() {}

    /**
     * @param time of the event, in milliseconds since the epoch
     * @param now the current time, in milliseconds since the epoch
     */
    static void note(Findings findings, long time, long now, long line) {
        if (time - TOLERANCE > now) {
            findings.add(
                    ReadReport.Finding.Kind.AHEAD,
                    line,
                    Instant.ofEpochMilli(time).toString());
        }
    }
}
