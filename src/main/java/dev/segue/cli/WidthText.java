package dev.segue.cli;

import dev.segue.audience.SegmentWidth;
import dev.segue.audience.WidthRule;
import dev.segue.event.Change.Kind;
import dev.segue.replay.ReplaySummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a replay shows of segments that are too narrow or too wide, as text. */
final class WidthText {
    private WidthText() {}

    /** A replay begins with nobody in any segment, so whoever entered and has not left is in. */
    static void print(ReplaySummary summary, WidthRule rule, PrintWriter out) {
        List<String> narrow = new ArrayList<>();
        List<String> wide = new ArrayList<>();
        for (String segment : rule.segments()) {
            Map<Kind, Long> changes = summary.changes().getOrDefault(segment, Map.of());
            long entered = changes.getOrDefault(Kind.ENTERED, 0L);
            long inside = entered - changes.getOrDefault(Kind.EXITED, 0L);
            rule.judge(segment, summary.customers(), inside, entered > 0)
                    .ifPresent(width -> (width.isNobody() ? narrow : wide).add(told(width)));
        }
        String customers = String.format(Locale.ROOT, "%,d customers", summary.customers());
        print("too narrow? Never held any of " + customers + ":", narrow, out);
        print("too wide? At the end held nearly all of " + customers + ":", wide, out);
        out.flush();
    }

    private static String told(SegmentWidth width) {
        return width.isNobody()
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
