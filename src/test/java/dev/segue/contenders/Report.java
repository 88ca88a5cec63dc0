// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of all runs, as a table and as JSON. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEBIBYTE = 1 << 20;
    private static final String LINE = "%-20s %6s %22s %22s %22s %17s %18s %9s  %s%n";

    private static final String PACED_LINE = "%-22s %10s %28s %14s %20s %16s %15s%n";

    private final Workload workload;
    private final Pace pace;
    private final Map<Entry, List<Measurement>> runs = new LinkedHashMap<>();
    private final Map<Entry, String> failures = new LinkedHashMap<>();

    private final Map<Entry, PacedMeasurement> paced = new LinkedHashMap<>();
    private final Map<Entry, String> pacedFailures = new LinkedHashMap<>();

    Report(List<Entry> entries, Workload workload, Pace pace) {
        this.workload = workload;
        this.pace = pace;
        entries.forEach(entry -> runs.put(entry, new ArrayList<>()));
    }

    void add(Entry entry, Measurement run) {
        runs.get(entry).add(run);
    }

    void fail(Entry entry, Exception failure) {
        failures.put(entry, String.valueOf(failure.getMessage()));
    }

    void add(Entry entry, PacedMeasurement run) {
        paced.put(entry, run);
    }

    void failPaced(Entry entry, Exception failure) {
        pacedFailures.put(entry, String.valueOf(failure.getMessage()));
    }

    /** The steady load of the paced runs. */
    Pace pace() {
        return pace;
    }

    boolean failed(Entry entry) {
        return failures.containsKey(entry);
    }

    void print(PrintWriter screen) {
        screen.printf(
                "%n%s, seed %d%s; medians (least-most) of the rounds%n%n",
                workload, workload.seed(), workload.trouble());
        screen.printf(
                LINE,
                "contender",
                "rounds",
                "events/s",
                "CPU us/event",
                "without compiling",
                "peak MiB",
                "changelog B/event",
                "changes",
                "answers");
        runs.forEach((entry, measured) -> {
            if (!measured.isEmpty()) {
                screen.printf(
                        LINE,
                        entry.name(),
                        measured.size(),
                        Spread.text(measured, Measurement::eventsPerSecond, "%.0f"),
                        Spread.text(measured, Measurement::cpuMicros, "%.1f"),
                        Spread.text(measured, Measurement::workMicros, "%.1f"),
                        Spread.text(measured, run -> run.peakBytes() / MEBIBYTE, "%.0f"),
                        Spread.text(measured, Measurement::changelogBytes, "%.0f"),
                        measured.get(0).changes(),
                        verdict(entry, measured));
            }
        });
        screen.println();
        new WorkTable(runs).print(screen);
        runs.forEach((entry, measured) -> measured.stream()
                .map(Measurement::wrong)
                .filter(wrong -> !wrong.isEmpty())
                .findFirst()
                .ifPresent(wrong -> screen.println(entry.name() + ": " + wrong)));
        failures.forEach((entry, why) -> screen.println(
                entry.name() + " failed: " + why.lines().findFirst().orElse("")));
        printRatios(screen);
        if (!paced.isEmpty() || !pacedFailures.isEmpty()) {
            printPaced(screen);
        }
    }

    private void printPaced(PrintWriter screen) {
        screen.printf("%n%s; one run each%n%n", pace);
        screen.printf(
                PACED_LINE,
                "contender",
                "by event",
                "event->change ms 50/99/99.9%",
                "by deadline",
                "lateness ms 50/99%",
                "sent late ms 99%",
                "under 1 s after");
        paced.forEach((entry, run) -> screen.printf(
                PACED_LINE,
                entry.name(),
                run.byEvent(),
                "%.1f / %.1f / %.1f".formatted(run.eventP50(), run.eventP99(), run.eventP999()),
                run.byTime() == run.due() ? run.due() : run.byTime() + " of " + run.due(),
                "%.1f / %.1f".formatted(run.deadlineP50(), run.deadlineP99()),
                "%.0f".formatted(run.sentLateP99()),
                "%.0f s".formatted(Math.ceil(run.settledSeconds()))));
        screen.println();
        pacedFailures.forEach((entry, why) -> screen.println(
                entry.name() + " failed: " + why.lines().findFirst().orElse("")));
    }

    private static String verdict(Entry entry, List<Measurement> measured) {
        if (entry.definitions() == null) {
            return "none";
        }
        return measured.stream().allMatch(run -> run.wrong().isEmpty()) ? "right" : "WRONG, see below";
    }

    private void printRatios(PrintWriter screen) {
        ratios().forEach((pair, ratio) -> screen.printf("%-60s %s%n", pair, ratio.text("%.2f")));
    }

    /** Computed round by round, so that a slow machine affects both sides. */
    private Map<String, Spread> ratios() {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        for (Comparison pair : Comparison.ALL) {
            List<Measurement> these = runsOf(pair.one());
            List<Measurement> those = runsOf(pair.other());
            List<Double> each = new ArrayList<>();
            for (int round = 0; round < Math.min(these.size(), those.size()); round++) {
                double one = pair.figure().applyAsDouble(these.get(round));
                double other = pair.figure().applyAsDouble(those.get(round));
                if (one > 0 && other > 0) {
                    each.add(one / other);
                }
            }
            if (!each.isEmpty()) {
                ratios.put(pair.name(), Spread.of(each, ratio -> ratio));
            }
        }
        return ratios;
    }

    private List<Measurement> runsOf(String name) {
        return runs.entrySet().stream()
                .filter(run -> run.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    void write(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        ObjectNode root = JSON.createObjectNode();
        root.put("shop", (workload.hasHistory() ? Shop.LIVED : Shop.YOUNG).label());
        root.put("history", workload.shop().history());
        root.put("events", workload.events());
        root.put("customers", workload.shoppers());
        root.put("seed", workload.seed());
        root.put("idlePartition", workload.trouble().idlePartition());
        root.put("restart", workload.trouble().restart());
        root.put("late", workload.trouble().late());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", System.getProperty("java.version"));
        root.put("pacedEventsPerSecond", pace.eventsPerSecond());
        root.put("warmUpSeconds", pace.warmUp().toSeconds());
        root.put("pacedSeconds", pace.span().toSeconds());
        ObjectNode contenders = root.putObject("contenders");
        runs.forEach((entry, measured) -> {
            ObjectNode one = contenders.putObject(entry.name());
            one.put("guarantee", entry.exactlyOnce() ? "exactly_once" : "at_least_once");
            one.set("rounds", JSON.valueToTree(measured));
            if (paced.containsKey(entry)) {
                one.set("paced", JSON.valueToTree(paced.get(entry)));
            }
            if (pacedFailures.containsKey(entry)) {
                one.put("pacedFailed", pacedFailures.get(entry));
            }
            if (failures.containsKey(entry)) {
                one.put("failed", failures.get(entry));
            }
        });
        ObjectNode ratios = root.putObject("ratios");
        ratios().forEach((pair, ratio) -> ratios.set(pair, JSON.valueToTree(ratio)));
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }
}
