// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.replay.backtest.DayReport;
import dev.segue.replay.backtest.Sample;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SharedMembers;
import dev.segue.replay.backtest.SideReport;
import dev.segue.replay.backtest.ValueCount;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints one segment of a report. */
final class SegmentText {
    private static final int DAYS = 7;
    private static final int OVERLAPS = 5;
    private static final int VALUES = 10;
    private static final int EXAMPLES = 3;
    private static final int COLUMNS = 100;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final SegmentReport segment;
    private final PrintWriter out;
    private final String indent;

    SegmentText(SegmentReport segment, PrintWriter out, String indent) {
        this.segment = segment;
        this.out = out;
        this.indent = indent;
    }

    void print() {
        row("", "old", "new");
        row("members at the end", SideReport::members);
        row("members at the start", SideReport::membersAtStart);
        row("entered", SideReport::entered);
        row("exited", SideReport::exited);
        if (segment.old().updated() + segment.changed().updated() > 0) {
            row("updated", SideReport::updated);
        }
        row("customers who entered", side -> side.flips().once());
        row("  twice or more often", side -> side.flips().twice());
        row("  five times or more often", side -> side.flips().fiveTimes());
        textRow("median stay", side -> StayText.of(side.stays().median()));
        textRow("90 % stay at most", side -> StayText.of(side.stays().ninetyPercent()));
        row("stays that ended", side -> side.stays().closed());
        row("stays still open", side -> side.stays().open());
        printDays();
        printValues();
        if (segment.before() == null) {
            printExamples("enters", segment.onlyAfter());
        } else if (segment.after() == null) {
            printExamples("exits", segment.onlyBefore());
        } else {
            printSamples("only in the new set", segment.activation().enters(), segment.onlyAfter());
            printSamples("only in the old set", segment.activation().exits(), segment.onlyBefore());
        }
        printOverlap();
    }

    private void row(String title, Function<SideReport, Long> value) {
        textRow(title, side -> CountText.of(value.apply(side)));
    }

    private void textRow(String title, Function<SideReport, String> value) {
        row(title, value(segment.before(), value), value(segment.after(), value));
    }

    private static String value(@Nullable SideReport side, Function<SideReport, String> value) {
        return side == null ? "-" : value.apply(side);
    }

    private void row(String title, String before, String after) {
        out.printf(Locale.ROOT, "%s%-28s %14s %14s%n", indent, title, before, after);
    }

    private void printDays() {
        List<DayPair> days = DayPair.of(segment);
        if (days.isEmpty()) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s%-12s %10s %9s %9s   %10s %9s %9s%n",
                indent,
                "day",
                "old",
                "entered",
                "exited",
                "new",
                "entered",
                "exited");
        int earlier = Math.max(0, days.size() - DAYS);
        if (earlier > 0) {
            out.println(indent + "... " + CountText.of(earlier, "earlier day")
                    + " with changes: see --html or --format json");
        }
        days.subList(earlier, days.size())
                .forEach(day -> out.println(indent + String.format(Locale.ROOT, "%-12s", day.date())
                        + day(segment.before() == null ? null : day.before()) + "  "
                        + day(segment.after() == null ? null : day.after())));
    }

    private static String day(@Nullable DayReport day) {
        return day == null
                ? String.format(Locale.ROOT, " %10s %9s %9s", "-", "-", "-")
                : String.format(Locale.ROOT, " %,10d %,9d %,9d", day.members(), day.entered(), day.exited());
    }

    private void printValues() {
        Map<String, Long> before = values(segment.old());
        Map<String, Long> after = values(segment.changed());
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        row("value at the end", "old", "new");
        Map<String, Long> all = new LinkedHashMap<>(after);
        before.forEach(all::putIfAbsent);
        all.keySet().stream()
                .limit(VALUES)
                .forEach(value -> row(
                        "  " + shortened(value, 24),
                        CountText.of(before.getOrDefault(value, 0L)),
                        CountText.of(after.getOrDefault(value, 0L))));
        if (all.size() > VALUES) {
            out.println(indent + "  and " + CountText.of(all.size() - VALUES, "further value"));
        }
    }

    private static Map<String, Long> values(SideReport side) {
        return side.values().stream()
                .collect(Collectors.toMap(ValueCount::value, ValueCount::customers, Long::sum, LinkedHashMap::new));
    }

    private static String shortened(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    /** Prints customers of a definition that only one set has, so that all of its members differ. */
    private void printExamples(String what, List<Sample> samples) {
        samples.stream()
                .limit(EXAMPLES)
                .forEach(sample ->
                        wrapped(what + ", for example: " + sample.customer() + "  ", SampleText.reason(sample)));
    }

    private void printSamples(String title, long customers, List<Sample> samples) {
        if (customers == 0) {
            return;
        }
        out.println(indent + title + ": " + CountText.of(customers, "customer"));
        for (Sample sample : samples) {
            wrapped("  " + sample.customer() + "  ", SampleText.reason(sample));
            List<String> missing = SampleText.missing(sample);
            if (!missing.isEmpty()) {
                out.println(indent + "    " + (title.endsWith("new set") ? "old" : "new") + " set: this must change:");
                missing.forEach(line -> wrapped("      ", line.stripTrailing()));
            }
        }
    }

    /** Breaks at spaces; continuation lines are indented. Ids and texts of events must not control the terminal. */
    private void wrapped(String first, String unsafe) {
        String text = CONTROL.matcher(unsafe).replaceAll("?");
        StringBuilder line = new StringBuilder(indent + CONTROL.matcher(first).replaceAll("?"));
        boolean fresh = true;
        for (String word : text.split(" ", -1)) {
            if (!fresh && line.length() + 1 + word.length() > COLUMNS) {
                out.println(line);
                line = new StringBuilder(indent + "        ");
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        out.println(line);
    }

    private void printOverlap() {
        if (segment.overlap().isEmpty()) {
            return;
        }
        wrapped(
                "also members of: ",
                segment.overlap().stream()
                                .limit(OVERLAPS)
                                .map(SegmentText::overlap)
                                .collect(Collectors.joining(", "))
                        + (segment.overlap().size() > OVERLAPS
                                ? ", and " + CountText.of(segment.overlap().size() - OVERLAPS) + " more"
                                : ""));
    }

    private static String overlap(SharedMembers other) {
        return other.segment() + " " + CountText.percent(other.share()) + " (" + CountText.of(other.members()) + ")";
    }
}
