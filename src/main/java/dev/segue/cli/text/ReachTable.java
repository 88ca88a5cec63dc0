// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.replay.Reach;
import dev.segue.replay.ReplaySummary;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the customers that each segment reached in a replay, as a Markdown table; below it the segments that no
 * customer entered, and everything that was left out or replaced.
 */
public final class ReachTable {
    private ReachTable() {}

    public static void print(ReplaySummary summary, PrintWriter out) {
        List<String> unreached = new ArrayList<>();
        out.println("| segment | customers who entered | members at the end |");
        out.println("|---|---:|---:|");
        summary.reach().forEach((segment, reach) -> {
            if (reach.equals(Reach.NONE)) {
                unreached.add(segment);
            } else {
                out.printf(Locale.ROOT, "| %s | %,d | %,d |%n", segment, reach.customers(), reach.members());
            }
        });
        out.println();
        out.print("Of " + CountText.of(summary.customers(), "customer") + ".");
        out.println(unreached.isEmpty() ? "" : " No customer entered " + String.join(", ", unreached) + ".");
        List<String> notes = SummaryNotes.of(summary);
        if (!notes.isEmpty()) {
            out.println();
            notes.forEach(note -> out.println("* " + note));
        }
        out.flush();
    }
}
