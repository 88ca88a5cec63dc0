// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.event.Change;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import java.util.List;
import java.util.Map;

/** One set of definitions over the events of some customers. For one thread. */
final class PlanRun {
    private final Plan plan;
    private final boolean isEmpty;
    private final Map<String, Integer> positions;
    private final SideTally[] tallies;
    private final DecisionCounts decisions;
    private final BacktestWindow window;
    private final Days days;

    PlanRun(
            Plan plan,
            Map<String, Integer> positions,
            SideTally[] tallies,
            DecisionCounts decisions,
            BacktestWindow window,
            Days days) {
        this.plan = plan;
        this.isEmpty = plan.segments().isEmpty();
        this.positions = positions;
        this.tallies = tallies;
        this.decisions = decisions;
        this.window = window;
        this.days = days;
    }

    /** Returns whether the set is empty, so that nothing can happen. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Advances a customer to an instant, in milliseconds since the epoch, and returns the changes on the way. */
    List<Change> advance(CustomerState state, long to) {
        if (isEmpty) {
            return List.of();
        }
        Effects effects = plan.advance(state, to, to);
        decisions.count(effects.decisions());
        return effects.changes();
    }

    /** Returns the position of the reported segment that a change belongs to; -1 if it is not reported. */
    int position(String segment) {
        return positions.getOrDefault(segment, -1);
    }

    /** @param entries of the customer */
    void count(Change change, EntryCounts entries) {
        int position = position(change.segment());
        if (position >= 0) {
            count(change, position, entries);
        }
    }

    private void count(Change change, int position, EntryCounts entries) {
        SideTally tally = tallies[position];
        long at = change.effectiveAt().toEpochMilli();
        if (!window.reports(at)) {
            tally.countHistory(change);
            return;
        }
        tally.count(change, days.of(at));
        if (change.kind() == Change.Kind.ENTERED) {
            tally.countEntry(entries.add(position, tallies.length));
        }
    }
}
