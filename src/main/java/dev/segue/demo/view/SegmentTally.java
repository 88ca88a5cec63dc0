// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.event.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the members, entries and exits of each segment: segments, groups' choices and traits. */
public final class SegmentTally {
    private static final int SIZES_SHOWN = 8;

    private final Map<String, Row> segments = new TreeMap<>();
    private final Map<String, Map<String, Row>> groups = new TreeMap<>();
    private final Map<String, Row> traits = new TreeMap<>();
    private final Map<String, Row> rows = new TreeMap<>();

    public SegmentTally(Collection<Definition> definitions) {
        define(definitions);
    }

    /** Adds those that are not known yet; the others stay, with their counts. */
    void define(Collection<Definition> definitions) {
        for (Definition definition : definitions) {
            Map<String, Row> same;
            if (definition.rule() instanceof DefinitionRule.Group) {
                same = groups.computeIfAbsent(definition.name(), any -> new LinkedHashMap<>());
            } else {
                same = definition.rule() instanceof DefinitionRule.Trait ? traits : segments;
            }
            definition.segments().forEach(segment -> same.put(segment, row(segment)));
        }
    }

    /** True if the segment is neither a group's choice nor a trait. */
    boolean isPlain(String segment) {
        return segments.containsKey(segment);
    }

    /** Counts a change of an earlier run, in the sizes only. */
    void countEarlier(Change change) {
        Row row = row(change.segment());
        switch (change.kind()) {
            case ENTERED -> row.members++;
            case EXITED -> row.members--;
            case UPDATED -> {}
        }
    }

    void count(Change change) {
        countEarlier(change);
        Row row = row(change.segment());
        switch (change.kind()) {
            case ENTERED -> row.entered++;
            case EXITED -> row.exited++;
            case UPDATED -> row.updated++;
        }
    }

    long changes() {
        return rows.values().stream()
                .mapToLong(row -> row.entered + row.exited + row.updated)
                .sum();
    }

    /** Segments, then groups with their choices in order, then traits, each with a heading. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        heading(lines, "segment", "");
        segments.forEach((segment, row) -> lines.add(line(segment, row)));
        if (!groups.isEmpty()) {
            lines.add("");
            heading(lines, "group", "");
            groups.forEach((group, choices) -> {
                lines.add(group);
                choices.forEach((choice, row) -> lines.add(line("  " + choice, row)));
            });
        }
        if (!traits.isEmpty()) {
            lines.add("");
            heading(lines, "trait", " %8s".formatted("updated"));
            traits.forEach((trait, row) -> lines.add(line(trait, row) + " %8s".formatted(row.updated)));
        }
        return lines;
    }

    /** The largest segments, in one line. */
    String sizes() {
        List<Map.Entry<String, Row>> inhabited = segments.entrySet().stream()
                .filter(entry -> entry.getValue().members > 0)
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().members))
                .toList();
        if (inhabited.isEmpty()) {
            return "all segments are empty";
        }
        List<String> parts = new ArrayList<>();
        inhabited.stream()
                .limit(SIZES_SHOWN)
                .forEach(entry -> parts.add(entry.getValue().members + " " + entry.getKey()));
        int more = inhabited.size() - parts.size();
        return String.join(", ", parts) + (more > 0 ? ", and " + more + " more segments with members" : "");
    }

    private Row row(String segment) {
        return rows.computeIfAbsent(segment, any -> new Row());
    }

    private void heading(List<String> lines, String kind, String more) {
        lines.add(format().formatted(kind, "members", "entered", "exited") + more);
    }

    private String line(String segment, Row row) {
        return format().formatted(segment, row.members, row.entered, row.exited);
    }

    private String format() {
        int longest = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        int indented = groups.values().stream()
                .flatMap(choices -> choices.keySet().stream())
                .mapToInt(choice -> choice.length() + 2)
                .max()
                .orElse(0);
        int width = Math.max(Math.max(longest, indented), "segment".length());
        return "%-" + width + "s %8s %8s %8s";
    }

    private static final class Row {
        private long members;
        private long entered;
        private long exited;
        private long updated;
    }
}
