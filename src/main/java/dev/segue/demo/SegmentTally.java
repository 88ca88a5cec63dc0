package dev.segue.demo;

import dev.segue.event.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many customers are in each segment, and how many entered and left. */
final class SegmentTally {
    private final Map<String, Row> rows = new TreeMap<>();

    SegmentTally(Collection<String> segments) {
        segments.forEach(segment -> rows.put(segment, new Row()));
    }

    /** Counts a change of an earlier run: only the sizes know of it. */
    void countEarlier(Change change) {
        Row row = rows.computeIfAbsent(change.segment(), segment -> new Row());
        switch (change.kind()) {
            case ENTERED -> row.members++;
            case EXITED -> row.members--;
            case UPDATED -> {}
        }
    }

    void count(Change change) {
        countEarlier(change);
        Row row = rows.computeIfAbsent(change.segment(), segment -> new Row());
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

    /** One line a segment, under a line of headings. */
    List<String> table() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        width = Math.max(width, "segment".length());
        String format = "%-" + width + "s %8s %8s %8s";
        List<String> lines = new ArrayList<>();
        lines.add(format.formatted("segment", "in it", "entered", "exited"));
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            lines.add(format.formatted(entry.getKey(), row.members, row.entered, row.exited));
        }
        return lines;
    }

    /** Segments with somebody in them, in one line. */
    String sizes() {
        List<String> parts = new ArrayList<>();
        rows.forEach((segment, row) -> {
            if (row.members > 0) {
                parts.add(row.members + " " + segment);
            }
        });
        return parts.isEmpty() ? "nobody" : String.join(", ", parts);
    }

    private static final class Row {
        private long members;
        private long entered;
        private long exited;
        private long updated;
    }
}
