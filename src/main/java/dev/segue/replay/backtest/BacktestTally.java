// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** All statistics of some customers. */
final class BacktestTally {
    private final ReportedSegments reported;
    private final Both<SideTally[]> segments;
    private final Difference[] differences;
    private final Both<Map<String, Long>> members = new Both<>(new HashMap<>(), new HashMap<>());
    private final Overlap overlap;
    private final Both<DecisionCounts> decisions;

    BacktestTally(ReportedSegments reported, Plan after, BacktestWindow window) {
        this.reported = reported;
        this.decisions = new Both<>(new DecisionCounts(window), new DecisionCounts(window));
        this.segments = new Both<>(tallies(reported.size()), tallies(reported.size()));
        this.differences =
                Stream.generate(Difference::new).limit(reported.size()).toArray(Difference[]::new);
        this.overlap = new Overlap(reported.positions().after(), reported.size(), after.segments());
    }

    private static SideTally[] tallies(int number) {
        return Stream.generate(SideTally::new).limit(number).toArray(SideTally[]::new);
    }

    Both<SideTally[]> segments() {
        return segments;
    }

    /** Counts what a customer is in at the end. */
    void settle(PairedCustomer customer, Divergences divergences) {
        count(customer.states().before(), members.before(), reported.positions().before(), segments.before());
        count(customer.states().after(), members.after(), reported.positions().after(), segments.after());
        overlap.count(customer.states().after().memberships());
        for (int position = 0; position < differences.length; position++) {
            differences[position].count(reported.get(position), customer, divergences.find(position, customer.id()));
        }
    }

    private static void count(
            CustomerState state, Map<String, Long> members, Map<String, Integer> positions, SideTally[] tallies) {
        for (Membership membership : state.memberships()) {
            members.merge(membership.segment(), 1L, Long::sum);
            Integer position = positions.get(membership.segment());
            if (position != null) {
                tallies[position].countMember();
                if (membership.value() != null) {
                    tallies[position].countValue(membership.value());
                }
            }
        }
    }

    void add(BacktestTally other) {
        for (int position = 0; position < differences.length; position++) {
            segments.before()[position].add(other.segments.before()[position]);
            segments.after()[position].add(other.segments.after()[position]);
            differences[position].add(other.differences[position]);
        }
        other.members.before().forEach((segment, count) -> members.before().merge(segment, count, Long::sum));
        other.members.after().forEach((segment, count) -> members.after().merge(segment, count, Long::sum));
        overlap.add(other.overlap);
        decisions.before().add(other.decisions.before());
        decisions.after().add(other.decisions.after());
    }

    Difference difference(int position) {
        return differences[position];
    }

    /** The number of members of every segment at the end; a segment without members is absent. */
    Both<Map<String, Long>> members() {
        return members;
    }

    Both<DecisionCounts> decisions() {
        return decisions;
    }

    Overlap overlap() {
        return overlap;
    }
}
