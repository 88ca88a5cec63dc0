// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerOutcome;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The effects of one evaluation of one customer.
 *
 * @param outcome how the event was handled, or that only time moved
 * @param changes the segment changes, in the order in which they became true
 * @param failures definitions with an expression that had no value and so counted as false; a definition is listed once
 *     per such expression
 * @param limits the storage limits that were reached, once per occurrence
 * @param problems parts of the event that could not be used, at most one of each kind
 * @param work how much there was to do
 * @param decisions what triggers decided, in the order in which it became true
 * @param outcomes what triggers sent and what came of it, in order
 * @param bucketChanges in which buckets of populations the customer is counted from now on, in order
 * @param stateChanged whether the customer's state must be written
 */
public record Effects(
        Outcome outcome,
        List<Change> changes,
        List<TriggerDecision> decisions,
        List<TriggerOutcome> outcomes,
        List<String> failures,
        List<Limit> limits,
        List<InputProblem> problems,
        Work work,
        List<BucketChange> bucketChanges,
        boolean stateChanged) {

    /** Returns that nothing happened. */
    static Effects none(Outcome outcome) {
        return new Effects(
                outcome, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Work.NONE, List.of(), false);
    }

    /** Returns the effects of an evaluation without an event. */
    static Effects of(Outcome outcome, Evaluation evaluation, List<Limit> limits) {
        return new Effects(
                outcome,
                evaluation.changes(),
                evaluation.decisions(),
                evaluation.outcomes(),
                evaluation.failures(),
                limits,
                List.of(),
                evaluation.work(),
                evaluation.bucketChanges(),
                true);
    }

    /** Returns the effects of an event that was applied. */
    static Effects applied(Evaluation evaluation, Frame event) {
        return new Effects(
                Outcome.APPLIED,
                evaluation.changes(),
                evaluation.decisions(),
                evaluation.outcomes(),
                evaluation.failures(),
                event.limits(),
                event.problems(),
                evaluation.work(),
                evaluation.bucketChanges(),
                true);
    }

    /** Returns the same effects with other changes. */
    public Effects withChanges(List<Change> others) {
        return new Effects(
                outcome, others, decisions, outcomes, failures, limits, problems, work, bucketChanges, stateChanged);
    }

    /** Adds a problem with a part of the event. */
    public Effects with(InputProblem problem) {
        return new Effects(
                outcome,
                changes,
                decisions,
                outcomes,
                failures,
                limits,
                Stream.concat(problems.stream(), Stream.of(problem)).toList(),
                work,
                bucketChanges,
                stateChanged);
    }

    /** Adds the effects right before these, if there are any. */
    public Effects after(@Nullable Effects earlier) {
        return earlier == null
                ? this
                : new Effects(
                        outcome,
                        joined(earlier.changes, changes),
                        joined(earlier.decisions, decisions),
                        joined(earlier.outcomes, outcomes),
                        joined(earlier.failures, failures),
                        joined(earlier.limits, limits),
                        joined(earlier.problems, problems),
                        earlier.work.and(work),
                        joined(earlier.bucketChanges, bucketChanges),
                        earlier.stateChanged || stateChanged);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** How the event was handled. */
    public enum Outcome {
        /** Only time moved, without an event. */
        ADVANCED,
        APPLIED,
        /** The person goes on as another customer: every membership has ended, and the whole state must be deleted. */
        LEFT,
        /** The customer got or lost an id without an event of its own. */
        LINKED,
        /** The person has been another customer too, whose data was added. */
        UNITED,
        /** The event erased the customer: every membership has ended, and the whole state must be deleted. */
        ERASED,
        /** The {@code event_id} was among the customer's latest ids, so the event was dropped. */
        DUPLICATE
    }
}
