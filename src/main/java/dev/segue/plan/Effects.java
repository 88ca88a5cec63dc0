// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Change;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one look at one customer.
 *
 * @param outcome what became of the event, or that there was none
 * @param changes the segment changes, in the order in which they became true
 * @param failures expressions that had no value
 * @param limits the limits that were reached in what is remembered, once for each time
 * @param problems what could not be used of the event, at most one of each kind
 * @param stateChanged whether the customer's state must be written
 */
public record Effects(
        Outcome outcome,
        List<Change> changes,
        List<Failure> failures,
        List<Limit> limits,
        List<InputProblem> problems,
        boolean stateChanged) {

    /** What came of an event that was counted. */
    static Effects applied(Evaluation look, Frame event) {
        return new Effects(Outcome.APPLIED, look.changes(), look.failures(), event.limits(), event.problems(), true);
    }

    /** These and those that came right after them. */
    Effects and(Effects next) {
        return new Effects(
                outcome,
                joined(changes, next.changes),
                joined(failures, next.failures),
                joined(limits, next.limits),
                joined(problems, next.problems),
                stateChanged || next.stateChanged);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** What became of the event. */
    public enum Outcome {
        /** There was no event: only time moved. */
        ADVANCED,
        APPLIED,
        /** The event erased the customer: every membership has ended, and nothing of the state must be kept. */
        ERASED,
        /** The same {@code event_id} was among the customer's latest; nothing happened. */
        DUPLICATE
    }
}
