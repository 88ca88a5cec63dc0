package dev.segue.cli;

import dev.segue.replay.Reach;
import dev.segue.replay.ReplaySummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whom each segment reached in a replay, as a Markdown table; segments that reached nobody are told below it. */
final class ReachTable {
    private ReachTable() {}

    static void print(ReplaySummary summary, PrintWriter out) {
        List<String> nobody = new ArrayList<>();
        out.println("| segment | customers who entered | members at the end |");
        out.println("|---|---:|---:|");
        summary.reach().forEach((segment, reach) -> {
            if (reach.equals(Reach.NONE)) {
                nobody.add(segment);
            } else {
                out.printf(Locale.ROOT, "| %s | %,d | %,d |%n", segment, reach.customers(), reach.members());
            }
        });
        out.println();
        out.printf(Locale.ROOT, "Of %,d customers.", summary.customers());
        out.println(nobody.isEmpty() ? "" : " Nobody entered " + String.join(", ", nobody) + ".");
        out.flush();
    }
}
