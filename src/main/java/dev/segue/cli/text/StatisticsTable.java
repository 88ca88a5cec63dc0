// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.replay.backtest.report.StayText;
import dev.segue.statistics.Course;
import dev.segue.statistics.Measure;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints statistics as a table: a row for each subject, with sums over all windows and a chart. */
public final class StatisticsTable {
    /** Marks a size that misses partitions. */
    private static final String PARTIAL = "~";

    private final WindowSize size;
    private final List<Long> starts;
    private final List<List<String>> rows = new ArrayList<>();
    private boolean partial;

    /** @param starts when the windows begin that are shown, ascending; not empty */
    public StatisticsTable(WindowSize size, List<Long> starts) {
        this.size = size;
        this.starts = List.copyOf(starts);
    }

    /** Prints segments: members at the end of the last window, and what happened in all windows. */
    public void segments(List<Course> courses, PrintWriter out) {
        rows.add(List.of("segment", "members", "entered", "exited", "adjusted", "median stay", "members over time"));
        long partitions = courses.stream()
                .flatMap(course -> course.windows().values().stream())
                .mapToLong(counts -> counts.get(Measure.partitions(size)))
                .max()
                .orElse(0);
        for (Course course : courses) {
            WindowCounts total = course.total();
            rows.add(List.of(
                    course.subject().name(),
                    members(course.at(starts.get(starts.size() - 1)), partitions),
                    number(total.get(Measure.ENTERED)),
                    number(total.get(Measure.EXITED)),
                    number(total.get(Measure.ADJUSTED)),
                    stay(total),
                    chart(course, Measure.members(size))));
        }
        print(rows, out);
        if (partial) {
            out.println(PARTIAL + " Not all partitions have come to the last window.");
        }
    }

    /**
     * Prints other subjects, those with the largest first count first.
     *
     * @param most print at most so many
     */
    public void others(KindTables kind, List<Course> courses, int most, double elapsed, PrintWriter out) {
        rows.add(kind.header());
        courses.stream()
                .sorted(Comparator.comparingLong((Course course) ->
                                -course.total().get(kind.columns().first()))
                        .thenComparing(course -> course.subject().name()))
                .limit(most)
                .forEach(course -> rows.add(kind.row(course, starts, elapsed)));
        print(rows, out);
        if (courses.size() > most) {
            out.println("The first " + most + " of " + courses.size() + "; --limit shows more.");
        }
    }

    private String members(@Nullable WindowCounts last, long partitions) {
        if (last == null || last.get(Measure.partitions(size)) == 0) {
            return "-";
        }
        boolean misses = last.get(Measure.partitions(size)) < partitions;
        partial |= misses;
        return (misses ? PARTIAL : "") + number(last.get(Measure.members(size)));
    }

    private static String stay(WindowCounts counts) {
        return StayText.of(counts.medianStay().isPresent() ? counts.medianStay().getAsLong() : null);
    }

    private String chart(Course course, Measure measure) {
        return Sparkline.of(course.values(measure, starts));
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Of a fraction, three decimals at most. */
    static String number(BigDecimal number) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    /** The first column and the chart are flush left, numbers flush right. */
    static void print(List<List<String>> rows, PrintWriter out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                boolean left = column == 0 || column == columns - 1;
                line.append(column == 0 ? "" : "  ")
                        .append(String.format("%" + (left ? "-" : "") + widths[column] + "s", row.get(column)));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
