// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.definition.Definition;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.explain.Why;
import dev.segue.plan.state.CustomerState;
import dev.segue.replay.backtest.BacktestReport.UnchangedReport;
import dev.segue.replay.backtest.DefinitionChange.Status;
import dev.segue.replay.backtest.Difference.Candidate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns statistics into a report. */
final class ReportBuilder {
    private final List<DefinitionChange> changes;
    private final ReportedSegments reported;
    private final BacktestTally tally;
    private final Why why;
    private final ZoneId zone;
    private final long end;

    /** @param end the instant to which all customers have been advanced, in milliseconds since the epoch */
    ReportBuilder(
            List<DefinitionChange> changes,
            ReportedSegments reported,
            BacktestTally tally,
            Vocabulary vocabulary,
            PlanOptions options,
            long end) {
        this.changes = changes;
        this.reported = reported;
        this.tally = tally;
        this.why = new Why(vocabulary, options);
        this.zone = options.zone();
        this.end = end;
    }

    BacktestReport build(Both<ComparedSet> sets, InputCounts input, long from) {
        List<DefinitionReport> definitions = new ArrayList<>();
        List<UnchangedReport> unchanged = new ArrayList<>();
        for (DefinitionChange change : changes) {
            if (change.status() == Status.UNCHANGED) {
                unchanged.add(new UnchangedReport(change.name(), change.latest().kind(), members(change)));
            } else {
                definitions.add(new DefinitionReport(
                        change,
                        segments(change),
                        new Both<>(
                                tally.decisions().before().of(change.name()),
                                tally.decisions().after().of(change.name()))));
            }
        }
        return new BacktestReport(
                sets, input, from == Long.MIN_VALUE ? input.first() : from, end, zone, definitions, unchanged);
    }

    private long members(DefinitionChange change) {
        Map<String, Long> members = tally.members().after();
        return change.segments().stream()
                .mapToLong(segment -> members.getOrDefault(segment, 0L))
                .sum();
    }

    private List<SegmentReport> segments(DefinitionChange change) {
        List<SegmentReport> segments = new ArrayList<>();
        for (int position = 0; position < reported.size(); position++) {
            if (reported.get(position).definition().equals(change)) {
                segments.add(segment(position, reported.get(position)));
            }
        }
        return segments;
    }

    private SegmentReport segment(int position, ReportedSegment segment) {
        Difference difference = tally.difference(position);
        Both<List<Candidate>> samples = difference.samples();
        return new SegmentReport(
                segment.name(),
                segment.isBefore() ? tally.segments().before()[position].report() : null,
                segment.isAfter() ? tally.segments().after()[position].report() : null,
                difference.activation(),
                samples.before().stream()
                        .map(candidate -> sample(
                                candidate,
                                segment,
                                segment.isAfter() ? segment.definition().after() : null,
                                candidate.customer().states().after()))
                        .toList(),
                samples.after().stream()
                        .map(candidate -> sample(
                                candidate,
                                segment,
                                segment.isBefore() ? segment.definition().before() : null,
                                candidate.customer().states().before()))
                        .toList(),
                segment.isAfter() ? tally.overlap().of(segment.name()) : List.of());
    }

    /** @param other the definition that keeps the customer out, and {@code state} the customer's state under it */
    private Sample sample(
            Candidate candidate, ReportedSegment segment, @Nullable Definition other, CustomerState state) {
        Divergences.Divergence divergence = candidate.divergence();
        return new Sample(
                candidate.customer().id(),
                divergence == null ? null : divergence.change(),
                divergence != null && divergence.ofNewSet(),
                other == null ? List.of() : MissingParts.of(other, segment.name(), state, why, end));
    }
}
