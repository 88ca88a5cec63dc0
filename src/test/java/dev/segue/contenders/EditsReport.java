// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.fault.EditsRun.Edit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What edits of definitions cost live events: a table and JSON. */
final class EditsReport {
    private final int events;
    private final List<Edit> edits = new ArrayList<>();

    /** @param events that a fill reads */
    EditsReport(int events) {
        this.events = events;
    }

    void add(List<Edit> more) {
        edits.addAll(more);
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-16s %10s %9s %12s %12s %9s %14s %16s%n",
                "edit",
                "customers",
                "done ms",
                "p99 before",
                "p99 during",
                "ratio",
                "longest during",
                "past events/s");
        for (Edit edit : edits) {
            out.printf(
                    Locale.ROOT,
                    "%-16s %,10d %,9d %9d ms %9d ms %9.2f %11d ms %16s%n",
                    edit.name(),
                    edit.customers(),
                    edit.millis(),
                    edit.before().p99(),
                    edit.meanwhile().p99(),
                    ratio(edit),
                    edit.meanwhile().longest(),
                    edit.pastCpuNanos() == 0 ? "-" : String.format(Locale.ROOT, "%,d", fillRate(edit)));
        }
        out.println(
                "p99 and longest: from an event until its change can be read. Past events: per second of the CPU time of the"
                        + " thread that reads them.");
        out.flush();
    }

    private static double ratio(Edit edit) {
        return (double) edit.meanwhile().p99() / edit.before().p99();
    }

    private long fillRate(Edit edit) {
        return edit.pastCpuNanos() == 0 ? 0 : events * 1_000_000_000L / edit.pastCpuNanos();
    }

    void write(Path file) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Edit edit : edits) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("edit", edit.name());
            figures.put("customers", edit.customers());
            figures.put("members", edit.members());
            figures.put("millis", edit.millis());
            figures.put("before", edit.before());
            figures.put("during", edit.meanwhile());
            figures.put("p99Ratio", ratio(edit));
            figures.put("pastEventsPerSecond", fillRate(edit));
            figures.put("longestSteps", edit.longestSteps());
            all.add(figures);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), Map.of("edits", all));
    }
}
