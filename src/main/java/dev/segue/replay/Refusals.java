// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.replay.file.ReadReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the rows that did not become an event, by reason, and keeps the first few line numbers of each reason. */
final class Refusals {
    private static final int LINES_KEPT = 5;
    /** Further reasons are counted together, so that a malicious file cannot fill the memory. */
    private static final int REASONS_KEPT = 100;

    private static final String OTHER = "other reasons";

    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    private static final class Tally {
        private long count;
        private final List<ReadReport.Line> lines = new ArrayList<>();
    }

    void add(String reason, String detail, long line) {
        String kept = tallies.containsKey(reason) || tallies.size() < REASONS_KEPT ? reason : OTHER;
        Tally tally = tallies.computeIfAbsent(kept, any -> new Tally());
        tally.count++;
        if (tally.lines.size() < LINES_KEPT) {
            tally.lines.add(new ReadReport.Line(line, detail));
        }
    }

    /** The reasons, most frequent first. */
    List<ReadReport.Refusal> list() {
        List<ReadReport.Refusal> all = new ArrayList<>();
        tallies.forEach(
                (reason, tally) -> all.add(new ReadReport.Refusal(reason, tally.count, List.copyOf(tally.lines))));
        all.sort(Comparator.comparingLong(ReadReport.Refusal::count).reversed());
        return all;
    }
}
