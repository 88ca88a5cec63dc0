// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.event.Change;
import dev.segue.replay.Reach;
import dev.segue.replay.ReplaySummary;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a replay's summary as text. */
public final class SummaryText {
    private SummaryText() {}

    public static void print(ReplaySummary summary, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s of %s; %s%n",
                CountText.of(summary.events(), "event"),
                CountText.of(summary.customers(), "customer"),
                CountText.of(summary.duplicates(), "duplicate"));
        out.printf(
                Locale.ROOT,
                "read   %s in %s: %s rows/s%n",
                CountText.of(summary.rows(), "row"),
                seconds(summary.readNanos()),
                rate(summary.rows(), summary.readNanos()));
        out.printf(
                Locale.ROOT,
                "engine %s in %s: %s events/s%n",
                CountText.of(summary.events(), "event"),
                seconds(summary.engineNanos()),
                rate(summary.events(), summary.engineNanos()));
        int width = summary.changes().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        width = Math.max(width, "segment".length());
        out.printf(Locale.ROOT, "%-" + width + "s %10s %10s %10s%n", "segment", "entered", "exited", "updated");
        for (Map.Entry<String, Map<Change.Kind, Long>> segment :
                summary.changes().entrySet()) {
            Map<Change.Kind, Long> counts = segment.getValue();
            out.printf(
                    Locale.ROOT,
                    "%-" + width + "s %,10d %,10d %,10d%n",
                    segment.getKey(),
                    counts.getOrDefault(Change.Kind.ENTERED, 0L),
                    counts.getOrDefault(Change.Kind.EXITED, 0L),
                    counts.getOrDefault(Change.Kind.UPDATED, 0L),
                    summary.reach().getOrDefault(segment.getKey(), Reach.NONE).members());
        }
        summary.decisions()
                .forEach((trigger, counts) -> out.println(trigger + ": "
                        + counts.entrySet().stream()
                                .map(kind -> String.format(Locale.ROOT, "%,d %s", kind.getValue(), kind.getKey()))
                                .collect(Collectors.joining(", "))));
        SummaryNotes.of(summary).forEach(out::println);
        out.flush();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    private static String rate(long count, long nanos) {
        return nanos == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", count / (nanos / 1e9));
    }
}
