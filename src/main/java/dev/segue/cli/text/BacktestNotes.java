// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.InputCounts;
import dev.segue.value.CountText;
import dev.segue.value.ValueText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reports on standard error how much a backtest read, how fast, and what it could not use. */
public final class BacktestNotes {
    private final BacktestReport report;
    private final InputCounts input;
    private final PrintWriter err;

    public BacktestNotes(BacktestReport report, PrintWriter err) {
        this.report = report;
        this.input = report.input();
        this.err = err;
    }

    /**
     * Why there is nothing to report on; empty if there is something.
     *
     * @param nothing the sentence if there are no events at all
     */
    public Optional<String> whyEmpty(String nothing) {
        if (input.read() + input.leftOut() == 0) {
            return Optional.of(nothing + refused());
        }
        if (input.inWindow() > 0) {
            return Optional.empty();
        }
        return Optional.of("No event is within the window: "
                + (input.read() == 0
                        ? "the first event is at " + ValueText.instant(input.first()) + ", after --to."
                        : "the last event is at " + ValueText.instant(input.last()) + ", before the window begins at "
                                + ValueText.instant(report.from()) + "."));
    }

    private String refused() {
        return input.refused().isEmpty()
                ? ""
                : " Refused were "
                        + new TreeMap<>(input.refused())
                                .entrySet().stream()
                                        .map(reason ->
                                                CountText.of(reason.getValue(), "record") + " as " + reason.getKey())
                                        .collect(Collectors.joining(", "))
                        + ".";
    }

    /** @param nanos that reading and evaluating took */
    public void print(long nanos) {
        err.printf(
                Locale.ROOT,
                "%s in %.2f s: %s events/s; the plans took %.2f s of processor time: %s events/s a core%n",
                CountText.of(input.read(), "event"),
                nanos / 1e9,
                rate(nanos),
                input.engineNanos() / 1e9,
                rate(input.engineNanos()));
        note(input.duplicates(), "duplicate", "duplicates", " had no effect");
        note(
                input.late(),
                "event was older than its",
                "events were older than their",
                " customer's latest; the live processor may have seen a later time");
        note(input.dropped(), "event of an erased customer was", "events of erased customers were", " dropped");
        new TreeMap<>(input.refused())
                .forEach((reason, count) -> note(count, "record", "records", " refused: " + reason));
        new TreeMap<>(input.failures())
                .forEach((definition, count) ->
                        note(count, "evaluation", "evaluations", " of " + definition + " failed and counted as false"));
        err.flush();
    }

    private void note(long count, String one, String others, String text) {
        if (count > 0) {
            err.println(CountText.of(count, one, others) + text);
        }
    }

    private String rate(long nanos) {
        return nanos == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", input.read() / (nanos / 1e9));
    }
}
