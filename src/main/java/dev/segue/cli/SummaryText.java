package dev.segue.cli;

import dev.segue.event.Change;
import dev.segue.plan.Limit;
import dev.segue.replay.Reach;
import dev.segue.replay.ReplaySummary;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** A replay's summary as text. */
final class SummaryText {
    private SummaryText() {}

    static void print(ReplaySummary summary, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d events of %,d customers; %,d duplicates%n",
                summary.events(),
                summary.customers(),
                summary.duplicates());
        out.printf(
                Locale.ROOT,
                "read   %,d rows in %s: %s rows/s%n",
                summary.rows(),
                seconds(summary.readNanos()),
                rate(summary.rows(), summary.readNanos()));
        out.printf(
                Locale.ROOT,
                "engine %,d events in %s: %s events/s%n",
                summary.events(),
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
        if (summary.late() > 0) {
            out.printf(Locale.ROOT, "%,d events came late: after a later event of their customer%n", summary.late());
        }
        if (summary.dropped() > 0) {
            out.printf(Locale.ROOT, "%,d events of customers who had been erased were dropped%n", summary.dropped());
        }
        summary.limits().forEach((limit, times) -> out.printf(Locale.ROOT, "%s: %,d times%n", words(limit), times));
        summary.problems().forEach((kind, count) -> out.println(ProblemText.summary(kind, count)));
        if (!summary.currencies().isEmpty()) {
            out.println(ProblemText.mixed(summary.currencies()));
        }
        summary.failures()
                .forEach((definition, times) -> out.printf(
                        Locale.ROOT,
                        "%s: an expression had no value %,d times, and was taken as false%n",
                        definition,
                        times));
        out.flush();
    }

    private static String words(Limit limit) {
        return switch (limit) {
            case GROUPS -> "a customer had too many groups of a stream, and the one least recently touched was dropped";
            case ELEMENTS_PUT_TOGETHER ->
                "a customer had too many elements of a stream, and the older half was put together";
            case ELEMENTS -> "a customer had too many elements of a stream, and the oldest were dropped";
            case ORDERS -> "a customer had too many orders or refunds, and the oldest were dropped";
            case CART -> "a customer's cart had too many steps, and they were put together";
            case PROFILE -> "a customer's profile had too many fields, and a new one was refused";
            case STATE_BYTES -> "a customer took too many bytes, and the older half of what took the most was dropped";
            case CHANGE_BYTES -> "a change took too many bytes, and went without its carry and long evidence";
        };
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    private static String rate(long count, long nanos) {
        return nanos == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", count / (nanos / 1e9));
    }
}
