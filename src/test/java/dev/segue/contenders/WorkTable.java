// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The second table of a report: what the contenders did for an event, and what they store of a customer. */
record WorkTable(Map<Entry, List<Measurement>> runs) {
    private static final String LINE = "%-20s %22s %22s %22s  %s%n";

    void print(PrintWriter screen) {
        screen.printf(
                LINE,
                "contender",
                "wake-ups/event",
                "definitions/event",
                "records out/event",
                "state bytes median, mean, 99%");
        runs.forEach((entry, measured) -> {
            if (!measured.isEmpty()) {
                screen.printf(
                        LINE,
                        entry.name(),
                        Spread.text(measured, run -> run.work().wakeUps(), "%.2f"),
                        Spread.text(measured, run -> run.work().evaluations(), "%.2f"),
                        Spread.text(measured, run -> run.work().recordsOut(), "%.2f"),
                        states(measured));
            }
        });
        screen.println();
    }

    /** Those of the first round that has any: the rounds differ only in what a late event leaves behind. */
    private static String states(List<Measurement> measured) {
        return measured.stream()
                .map(Measurement::states)
                .filter(Objects::nonNull)
                .findFirst()
                .map(states -> "%d, %.0f, %d".formatted(states.median(), states.mean(), states.p99()))
                .orElse("-");
    }
}
