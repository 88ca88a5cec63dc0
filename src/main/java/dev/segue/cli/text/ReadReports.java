// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.replay.file.ReadReport;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reports the outcome of reading files, as text and as an exit code. */
public final class ReadReports {
    private final List<ReadReport> files;

    public ReadReports(List<ReadReport> files) {
        this.files = files;
    }

    /** Prints the number of lines of each kind in the files, and whether the files were in order of time. */
    public void printAccount(PrintWriter out) {
        for (ReadReport file : files) {
            printLines(file, out);
            printOrder(file, out);
        }
        out.flush();
    }

    /** Prints the events that could not be sorted, and the rejected and ignored rows, with reasons and lines. */
    public void print(PrintWriter out) {
        for (ReadReport file : files) {
            printDisorder(file, out);
            print(file, "refused", file.refused(), out);
            print(file, "ignored", file.ignored(), out);
            file.findings().forEach(finding -> out.println(FindingText.of(file.file(), finding)));
        }
        FindingText.absent(files).forEach(out::println);
        out.flush();
    }

    private static void printLines(ReadReport file, PrintWriter out) {
        ReadReport.Lines lines = file.lines();
        if (lines == null) {
            out.printf(
                    Locale.ROOT,
                    "%s: %s = %,d read + %,d refused%n",
                    file.file(),
                    CountText.of(file.rows(), "element"),
                    file.readRows(),
                    file.refusedRows());
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s: %s = %s read + %,d refused + %,d header + %,d blank%s%n",
                file.file(),
                CountText.of(lines.total(), "line"),
                CountText.of(file.readRows(), "row"),
                file.refusedRows(),
                lines.header(),
                lines.blank(),
                lines.further() == 0 ? "" : " + " + CountText.of(lines.further(), "continuation line"));
        if (file.rows() == 0) {
            out.printf(Locale.ROOT, "%s has no rows%s%n", file.file(), lines.header() > 0 ? " below its header" : "");
        }
    }

    private static void printOrder(ReadReport file, PrintWriter out) {
        ReadReport.Sorting sorting = file.sorting();
        if (sorting == null || sorting.moved() == 0) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%s: not in order of time; %s sorted%n",
                file.file(),
                CountText.of(
                        sorting.moved() - sorting.unordered(),
                        "event that followed a later one was",
                        "events that followed a later one were"));
    }

    private static void printDisorder(ReadReport file, PrintWriter out) {
        ReadReport.Sorting sorting = file.sorting();
        if (sorting != null && sorting.unordered() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: only partly sorted: %s later ones, because %s lie between%n",
                    file.file(),
                    CountText.of(sorting.unordered(), "event still follows", "events still follow"),
                    sorting.limit());
        }
    }

    private static void print(ReadReport file, String what, List<ReadReport.Refusal> refusals, PrintWriter out) {
        if (refusals.isEmpty()) {
            return;
        }
        long rows = refusals.stream().mapToLong(ReadReport.Refusal::count).sum();
        out.printf(Locale.ROOT, "%s %,d of %s of %s:%n", what, rows, CountText.of(file.rows(), "row"), file.file());
        for (ReadReport.Refusal refusal : refusals) {
            out.printf(Locale.ROOT, "%,10d  %s: %s%n", refusal.count(), refusal.reason(), lines(refusal));
        }
    }

    private static String lines(ReadReport.Refusal refusal) {
        String lines = refusal.first().stream()
                .map(line -> line.number() + (line.detail().isEmpty() ? "" : " (" + line.detail() + ")"))
                .collect(Collectors.joining(", "));
        boolean more = refusal.count() > refusal.first().size();
        return (refusal.count() == 1 ? "line " : "lines ") + lines + (more ? ", ..." : "");
    }

    /**
     * Returns the exit code if every file was read to its end.
     *
     * @throws UserError if a file has rows and none became an event
     * @throws IncompleteInput if a file broke off, or more than half of its rows were rejected
     */
    public int conclude() {
        List<String> breaks = files.stream()
                .map(ReadReport::brokenOff)
                .filter(Objects::nonNull)
                .toList();
        if (!breaks.isEmpty()) {
            throw new IncompleteInput(String.join(" ", breaks) + " Everything before that was used.");
        }
        for (ReadReport file : files) {
            requireEvents(file);
        }
        return 0;
    }

    private static void requireEvents(ReadReport file) {
        if (file.rows() == 0) {
            return;
        }
        String reason = file.refused().isEmpty()
                ? ""
                : " Most often: " + UserError.sentence(file.refused().get(0).reason());
        if (file.events() == 0) {
            throw new UserError("None of the " + file.rows() + " rows of " + file.file() + " is an event." + reason
                    + (reason.contains("--mapping") ? "" : " Is --mapping the right one for it?"));
        }
        if (file.refusedRows() > file.rows() / 2.0) {
            throw new IncompleteInput(String.format(
                    Locale.ROOT,
                    "%,d of %,d rows of %s were refused, more than half.%s The rest was used.",
                    file.refusedRows(),
                    file.rows(),
                    file.file(),
                    reason));
        }
    }

    /** A file broke off, or most of it was rejected; the readable part was used. */
    static final class IncompleteInput extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IncompleteInput(String message) {
            super(message);
        }
    }
}
