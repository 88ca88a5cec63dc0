// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.event.TriggerDecision;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each trigger of one set decided what, in the time that is reported on. For one thread. */
final class DecisionCounts {
    private final BacktestWindow window;
    private final Map<String, Map<TriggerDecision.Kind, Long>> counts = new HashMap<>();

    DecisionCounts(BacktestWindow window) {
        this.window = window;
    }

    void count(List<TriggerDecision> decisions) {
        for (TriggerDecision decision : decisions) {
            if (window.reports(decision.decidedAt().toEpochMilli())) {
                add(decision.trigger(), decision.kind(), 1);
            }
        }
    }

    private void add(String trigger, TriggerDecision.Kind kind, long more) {
        counts.computeIfAbsent(trigger, absent -> new TreeMap<>()).merge(kind, more, Long::sum);
    }

    void add(DecisionCounts other) {
        other.counts.forEach((trigger, kinds) -> kinds.forEach((kind, more) -> add(trigger, kind, more)));
    }

    /** Empty for a trigger that has decided nothing. */
    Map<TriggerDecision.Kind, Long> of(String trigger) {
        return Collections.unmodifiableMap(counts.getOrDefault(trigger, Map.of()));
    }
}
