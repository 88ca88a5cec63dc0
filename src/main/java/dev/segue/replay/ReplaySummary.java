// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import dev.segue.replay.file.ReadReport;
import java.util.List;
import java.util.Map;

/**
 * Counts and timings of a replay.
 *
 * @param events events passed to the plan, including duplicates
 * @param duplicates events that the plan had seen before; they had no effect
 * @param late events older than an event of that customer that had already been applied
 * @param dropped events of erased customers
 * @param leftOut events after the instant at which the replay ends; they are not among {@code events}
 * @param changes by segment and kind, sorted by segment
 * @param decisions by trigger and kind, sorted by trigger
 * @param reach of every segment, choice and trait, sorted by name
 * @param limits how often a customer exceeded a limit on stored data
 * @param problems how many events had a part that was replaced by a default or ignored
 * @param currencies number of events per currency, if there were several and no shop's currency is set
 * @param failures how often an expression failed, by definition
 * @param readNanos time spent on reading and mapping, in nanoseconds
 * @param engineNanos time spent in the plan, in nanoseconds
 * @param files one report per file
 */
public record ReplaySummary(
        long events,
        long duplicates,
        long late,
        long dropped,
        long leftOut,
        long customers,
        Map<String, Map<Change.Kind, Long>> changes,
        Map<String, Map<TriggerDecision.Kind, Long>> decisions,
        Map<String, Reach> reach,
        Map<Limit, Long> limits,
        Map<InputProblem.Kind, ProblemCount> problems,
        Map<String, Long> currencies,
        Map<String, Long> failures,
        long readNanos,
        long engineNanos,
        List<ReadReport> files) {

    /** The rows of all files. */
    public long rows() {
        return files.stream().mapToLong(ReadReport::rows).sum();
    }
}
