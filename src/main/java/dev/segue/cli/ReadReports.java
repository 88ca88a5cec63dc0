package dev.segue.cli;

import dev.segue.replay.ReadReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What became of the files that were read, as text and as an exit code. */
final class ReadReports {
    private final List<ReadReport> files;

    ReadReports(List<ReadReport> files) {
        this.files = files;
    }

    /** Prints what was refused and ignored, with reasons and lines. */
    void print(PrintWriter out) {
        for (ReadReport file : files) {
            print(file, "refused", file.refused(), out);
            print(file, "ignored", file.ignored(), out);
        }
        out.flush();
    }

    private static void print(ReadReport file, String what, List<ReadReport.Refusal> refusals, PrintWriter out) {
        if (refusals.isEmpty()) {
            return;
        }
        long rows = refusals.stream().mapToLong(ReadReport.Refusal::count).sum();
        out.printf(Locale.ROOT, "%s %,d of %,d rows of %s:%n", what, rows, file.rows(), file.file());
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
     * The exit code where every file was read to its end.
     *
     * @throws UserError when there were rows and none became an event
     * @throws IncompleteInput when a file broke off
     */
    int conclude() {
        List<String> breaks = files.stream()
                .map(ReadReport::brokenOff)
                .filter(Objects::nonNull)
                .toList();
        if (!breaks.isEmpty()) {
            throw new IncompleteInput(String.join(" ", breaks) + " What stands before that was used.");
        }
        for (ReadReport file : files) {
            if (file.rows() > 0 && file.events() == 0) {
                throw new UserError("None of the " + file.rows() + " rows of " + file.file()
                        + " is an event; is --mapping the right one for it?");
            }
        }
        return 0;
    }

    /** A file broke off; what was read was used. */
    static final class IncompleteInput extends RuntimeException {
        private static final long serialVersionUID = 1L;

        IncompleteInput(String message) {
            super(message);
        }
    }
}
