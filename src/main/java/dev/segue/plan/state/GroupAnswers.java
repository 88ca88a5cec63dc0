// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Caches the results of lambdas for one group, with the time until which they are valid without a new element. An event
 * then costs only the groups that it joins and those whose results have expired, not all groups of the customer.
 */
public final class GroupAnswers {
    private Answer[] answers = new Answer[2];
    private int size;

    /**
     * One cached result.
     *
     * @param body the lambda's body
     * @param around identifies the state outside the group that the body reads; see {@link AggregateState#changes}
     * @param from the instant of the evaluation, in milliseconds since the epoch
     * @param until the first instant at which the value may differ
     */
    public record Answer(Object body, Object value, long around, long from, long until) {
        private boolean holds(long surroundings, long now) {
            return around == surroundings && from <= now && now < until;
        }
    }

    /**
     * Returns the cached result of a lambda at an instant; null if the lambda must be evaluated.
     *
     * @param around identifies the current state outside the group that the body reads
     */
    @SuppressWarnings("ReferenceEquality") // Comparing bodies structurally would cost more than evaluating them.
    @Nullable
    public Answer find(Object body, long around, long now) {
        for (int index = 0; index < size; index++) {
            Answer answer = answers[index];
            if (answer.body() == body) {
                return answer.holds(around, now) ? answer : null;
            }
        }
        return null;
    }

    /** Returns until when the latest result of a lambda was valid; {@link CustomerState#NEVER} if there is none. */
    @SuppressWarnings("ReferenceEquality")
    long until(Object body) {
        for (int index = 0; index < size; index++) {
            if (answers[index].body() == body) {
                return answers[index].until();
            }
        }
        return CustomerState.NEVER;
    }

    @SuppressWarnings("ReferenceEquality")
    public void put(Answer answer) {
        for (int index = 0; index < size; index++) {
            if (answers[index].body() == answer.body()) {
                answers[index] = answer;
                return;
            }
        }
        if (size == answers.length) {
            answers = Arrays.copyOf(answers, size * 2);
        }
        answers[size++] = answer;
    }
}
