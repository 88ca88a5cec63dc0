// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import dev.segue.event.TriggerDecision;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints live which customer was sent something and why, and who was held out or capped. For one thread. */
public final class InboxView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final int width;
    private final Instant opens;
    private final LineBudget budget = new LineBudget();
    private final Map<String, Map<TriggerDecision.Kind, Integer>> counts = new TreeMap<>();

    /**
     * @param width columns available for a line
     * @param opens decisions before this instant belong to the shop's past and are left out
     */
    public InboxView(PrintWriter out, int width, Instant opens) {
        this.out = out;
        this.width = width;
        this.opens = opens;
    }

    /** Counts a decision, and prints it within the line budget if it says what is in an inbox, or why nothing is. */
    public void show(TriggerDecision decision, long wallMillis) {
        if (decision.decidedAt().isBefore(opens)) {
            return;
        }
        counts.computeIfAbsent(decision.trigger(), any -> new EnumMap<>(TriggerDecision.Kind.class))
                .merge(decision.kind(), 1, Integer::sum);
        if (isShown(decision.kind()) && budget.allows(decision.trigger(), true, wallMillis)) {
            String line = line(decision);
            out.println(line.length() <= width ? line : line.substring(0, width - 1) + "…");
            out.flush();
        }
    }

    private static boolean isShown(TriggerDecision.Kind kind) {
        return switch (kind) {
            case SEND, HELD_OUT, CAPPED -> true;
            default -> false;
        };
    }

    private static String line(TriggerDecision decision) {
        String why = decision.kind() == TriggerDecision.Kind.SEND
                ? "by " + decision.channel() + ", for " + decision.segment() + ": " + decision.payload()
                : decision.reason();
        return "%s %-8s %-9s %s %s"
                .formatted(
                        TIME.format(decision.decidedAt()),
                        decision.kind(),
                        decision.customerId(),
                        decision.trigger(),
                        why);
    }

    /** Prints how often each trigger sent something, held a customer out, was capped, and reached its goal. */
    public void summarise() {
        if (counts.isEmpty()) {
            return;
        }
        int longest = counts.keySet().stream().mapToInt(String::length).max().orElse(0);
        String format = "%-" + Math.max(longest, "trigger".length()) + "s %8s %8s %8s %8s%n";
        out.println();
        out.printf(Locale.ROOT, format, "trigger", "sent", "held out", "capped", "goals");
        counts.forEach((trigger, kinds) -> out.printf(
                Locale.ROOT,
                format,
                trigger,
                kinds.getOrDefault(TriggerDecision.Kind.SEND, 0),
                kinds.getOrDefault(TriggerDecision.Kind.HELD_OUT, 0),
                kinds.getOrDefault(TriggerDecision.Kind.CAPPED, 0),
                kinds.getOrDefault(TriggerDecision.Kind.GOAL, 0)));
        out.flush();
    }
}
