package dev.segue.replay;

import dev.segue.event.Change;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import dev.segue.replay.file.ReadReport;
import java.util.List;
import java.util.Map;

/**
 * What there is to tell of a replay.
 *
 * @param events that were given to the plan, duplicates counted
 * @param duplicates events that the plan had seen before; they changed nothing
 * @param late events before the customer's now: another event of that customer had been applied that is later
 * @param dropped events of customers who had been erased
 * @param changes by segment and kind, in order of segment
 * @param reach of every segment, choice and trait, in order of name
 * @param limits how often a customer had more of something than is remembered
 * @param problems how many events had a part that was replaced by a default or ignored
 * @param currencies how many events named each currency, where there were several and no shop's currency is set
 * @param failures how often an expression had no value, by definition
 * @param readNanos time spent on reading and mapping, in nanoseconds
 * @param engineNanos time spent in the plan, in nanoseconds
 * @param files what became of each file
 */
public record ReplaySummary(
        long events,
        long duplicates,
        long late,
        long dropped,
        long customers,
        Map<String, Map<Change.Kind, Long>> changes,
        Map<String, Reach> reach,
        Map<Limit, Long> limits,
        Map<InputProblem.Kind, ProblemCount> problems,
        Map<String, Long> currencies,
        Map<String, Long> failures,
        long readNanos,
        long engineNanos,
        List<ReadReport> files) {

    /** Rows of all files. */
    public long rows() {
        return files.stream().mapToLong(ReadReport::rows).sum();
    }
}
