// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.replay.backtest.DefinitionChange;
import dev.segue.replay.backtest.DefinitionChange.Status;
import dev.segue.replay.backtest.DefinitionReport;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SideReport;
import dev.segue.value.CountText;
import dev.segue.value.ValueText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints a backtest's report for a terminal of 100 columns. */
public final class BacktestText {
    private static final int DETAILED = 10;

    private final BacktestReport report;
    private final List<DefinitionReport> definitions;
    private final PrintWriter out;

    private BacktestText(BacktestReport report, List<DefinitionReport> definitions, PrintWriter out) {
        this.report = report;
        this.definitions = definitions;
        this.out = out;
    }

    public static void print(BacktestReport report, PrintWriter out) {
        new BacktestText(report, report.definitions(), out).print();
        out.flush();
    }

    /** Prints the window and the definitions of the new set that are new or changed. */
    public static void printNewAndChanged(BacktestReport report, PrintWriter out) {
        List<DefinitionReport> definitions = report.definitions().stream()
                .filter(definition -> definition.change().status() != Status.REMOVED)
                .toList();
        BacktestText text = new BacktestText(report, definitions, out);
        text.printWindow();
        text.printOverview();
        text.printDetails();
        out.flush();
    }

    private void print() {
        printWindow();
        out.println("old: " + describe(report.sets().before()));
        out.println("new: " + describe(report.sets().after()) + ": " + statuses());
        out.println("activation: " + ActivationText.of(report.activation()));
        printOverview();
        printDetails();
        printUnchanged();
    }

    /** Prints the definitions one by one; of very many, those that change more for customers who are in a segment already. */
    private void printDetails() {
        List<DefinitionReport> first = definitions.stream()
                .sorted(Comparator.comparing(BacktestText::isOfOneSet)
                        .thenComparing(
                                Comparator.comparingLong(BacktestText::moves).reversed()))
                .limit(DETAILED)
                .toList();
        definitions.stream().filter(first::contains).forEach(this::print);
        int more = definitions.size() - first.size();
        if (more > 0) {
            out.println();
            out.println(CountText.of(more, "further definition") + (more == 1 ? " is" : " are")
                    + " in the table above; for details, see --html or --format json");
        }
    }

    private static boolean isOfOneSet(DefinitionReport definition) {
        Status status = definition.change().status();
        return status == Status.NEW || status == Status.REMOVED;
    }

    private static long moves(DefinitionReport definition) {
        return definition.activation().enters() + definition.activation().exits();
    }

    private void printWindow() {
        out.println(ValueText.instant(report.from()) + " to " + ValueText.instant(report.to()) + ", days in "
                + report.zone().getId());
        out.println(CountText.of(report.input().inWindow(), "event") + earlier() + "; "
                + CountText.of(report.input().customers(), "customer"));
    }

    private void printOverview() {
        if (definitions.size() < 2) {
            return;
        }
        out.println();
        out.printf(
                Locale.ROOT, "%-40s %-8s %10s %10s %9s %9s%n", "definition", "status", "old", "new", "enters", "exits");
        for (DefinitionReport definition : definitions) {
            out.printf(
                    Locale.ROOT,
                    "%-40s %-8s %,10d %,10d %,9d %,9d%n",
                    definition.change().name(),
                    word(definition.change().status()),
                    members(definition, SegmentReport::old),
                    members(definition, SegmentReport::changed),
                    definition.activation().enters(),
                    definition.activation().exits());
        }
    }

    private static long members(DefinitionReport definition, Function<SegmentReport, SideReport> side) {
        return definition.segments().stream()
                .mapToLong(segment -> side.apply(segment).members())
                .sum();
    }

    private String earlier() {
        long earlier = report.input().read() - report.input().inWindow();
        return (earlier == 0 ? "" : ", after " + CountText.of(earlier, "earlier event"))
                + (report.input().leftOut() == 0
                        ? ""
                        : "; left out " + CountText.of(report.input().leftOut(), "later event"));
    }

    private static String describe(ComparedSet set) {
        return set.name()
                + (set.definitions().isEmpty()
                        ? ""
                        : " (" + CountText.of(set.definitions().size(), "definition") + ")");
    }

    private String statuses() {
        Map<Status, Long> counts = new TreeMap<>();
        report.definitions()
                .forEach(definition -> counts.merge(definition.change().status(), 1L, Long::sum));
        counts.merge(Status.UNCHANGED, (long) report.unchanged().size(), Long::sum);
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> CountText.of(count.getValue()) + " " + word(count.getKey()))
                .collect(Collectors.joining(", "));
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private void print(DefinitionReport definition) {
        DefinitionChange change = definition.change();
        out.println();
        out.println(change.latest().kind() + " " + change.name() + ", " + word(change.status())
                + (change.reads().isEmpty() ? "" : " because it reads " + String.join(", ", change.reads()))
                + (change.latest().isAboutSending() ? "" : ": " + ActivationText.of(definition.activation())));
        for (DecisionRows row : DecisionRows.of(definition)) {
            out.printf(Locale.ROOT, "  %-10s %,10d old %,10d new%n", row.decision(), row.old(), row.changed());
        }
        List<SegmentReport> segments = definition.segments();
        for (SegmentReport segment : segments) {
            boolean choice = segments.size() > 1 || !segment.name().equals(change.name());
            if (choice) {
                out.println("  " + segment.name() + ": " + ActivationText.of(segment.activation()));
            }
            new SegmentText(segment, out, choice ? "    " : "  ").print();
        }
    }

    private void printUnchanged() {
        if (report.unchanged().isEmpty()) {
            return;
        }
        out.println();
        out.println("unchanged, with members at the end:");
        report.unchanged().stream()
                .filter(BacktestReport.UnchangedReport::hasMembers)
                .forEach(
                        unchanged -> out.printf(Locale.ROOT, "  %-64s %,12d%n", unchanged.name(), unchanged.members()));
    }
}
