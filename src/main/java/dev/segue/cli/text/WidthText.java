// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.audience.SegmentWidth;
import dev.segue.audience.WidthRule;
import dev.segue.event.Change.Kind;
import dev.segue.replay.ReplaySummary;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the segments of a replay that are too narrow or too wide. */
public final class WidthText {
    private WidthText() {}

    /** A replay begins with empty segments, so its members are the customers who entered and have not left. */
    public static void print(ReplaySummary summary, WidthRule rule, PrintWriter out) {
        List<String> narrow = new ArrayList<>();
        List<String> wide = new ArrayList<>();
        for (String segment : rule.segments()) {
            Map<Kind, Long> changes = summary.changes().getOrDefault(segment, Map.of());
            long entered = changes.getOrDefault(Kind.ENTERED, 0L);
            long inside = entered - changes.getOrDefault(Kind.EXITED, 0L);
            rule.judge(segment, summary.customers(), inside, entered > 0)
                    .ifPresent(width -> (width.isEmpty() ? narrow : wide).add(text(width)));
        }
        String customers = CountText.of(summary.customers(), "customer");
        print("too narrow? Never contained any of " + customers + ":", narrow, out);
        print("too wide? At the end contained nearly all of " + customers + ":", wide, out);
        out.flush();
    }

    private static String text(SegmentWidth width) {
        return width.isEmpty()
                ? width.segment()
                : String.format(
                        Locale.ROOT, "%s (%.1f %%)", width.segment(), 100.0 * width.members() / width.customers());
    }

    private static void print(String title, List<String> segments, PrintWriter out) {
        if (!segments.isEmpty()) {
            out.println(title);
            Wrapped.lines(String.join(", ", segments), Wrapped.COLUMNS - 2).forEach(line -> out.println("  " + line));
        }
    }
}
