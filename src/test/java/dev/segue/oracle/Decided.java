// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Goal;
import dev.segue.event.TriggerDecision.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision of a trigger in a form in which the engine's and the oracle's can be compared. */
record Decided(
        String customer,
        String trigger,
        String channel,
        String segment,
        Kind kind,
        boolean isFinal,
        Instant decidedAt,
        Instant detectedAt,
        Instant startedAt,
        @Nullable Instant until,
        @Nullable Instant expiresAt,
        @Nullable Arm arm,
        @Nullable Goal goal,
        Map<String, Object> payload) {

    /** Converts the engine's decision. */
    static Decided of(TriggerDecision decision) {
        return new Decided(
                decision.customerId(),
                decision.trigger(),
                decision.channel(),
                decision.segment(),
                decision.kind(),
                decision.isFinal(),
                decision.decidedAt(),
                decision.detectedAt(),
                decision.startedAt(),
                decision.until(),
                // What has been cancelled does not expire.
                decision.kind() == Kind.CANCELLED ? null : decision.expiresAt(),
                decision.arm(),
                decision.goal(),
                new LinkedHashMap<>(decision.payload()));
    }

    /** Returns whether two lists say equal things; nothing determines the order of what ends at one instant together. */
    static boolean agree(List<Decided> engine, List<Decided> oracle) {
        return texts(engine).equals(texts(oracle)) && sorted(engine).equals(sorted(oracle));
    }

    /** The order of the entries of a payload matters. */
    private static List<String> texts(List<Decided> decided) {
        return sorted(decided).stream()
                .map(decision -> decision.payload.keySet().toString())
                .toList();
    }

    private static List<Decided> sorted(List<Decided> decided) {
        List<Decided> sorted = new ArrayList<>();
        List<Decided> run = new ArrayList<>();
        for (Decided next : decided) {
            if (!run.isEmpty() && !next.isTogetherWith(run.get(0))) {
                sorted.addAll(inOrder(run));
                run.clear();
            }
            run.add(next);
        }
        sorted.addAll(inOrder(run));
        return sorted;
    }

    private boolean isTogetherWith(Decided other) {
        boolean isAlike = customer.equals(other.customer) && kind == other.kind && decidedAt.equals(other.decidedAt);
        return isAlike && List.of(Kind.GOAL, Kind.NO_GOAL, Kind.CANCELLED).contains(kind);
    }

    private static List<Decided> inOrder(List<Decided> run) {
        return run.stream()
                .sorted(Comparator.comparing(Decided::trigger).thenComparing(Decided::startedAt))
                .toList();
    }
}
