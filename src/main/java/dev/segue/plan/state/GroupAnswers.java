// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What lambdas have found about one group, and how long that holds if no element comes: so that an event costs the groups
 * that it joins and those whose time has come, not all that a customer has.
 */
public final class GroupAnswers {
    private Answer[] answers = new Answer[2];
    private int size;

    /**
     * One answer.
     *
     * @param body the lambda's body
     * @param from the instant at which it was asked, in milliseconds since the epoch
     * @param until the first instant at which it may be another
     */
    public record Answer(Object body, Object value, long from, long until) {
        private boolean holdsAt(long now) {
            return from <= now && now < until;
        }
    }

    /** The answer to a lambda at an instant; null where it must be asked. */
    @SuppressWarnings("ReferenceEquality") // Comparing bodies part by part would cost more than asking.
    @Nullable
    public Answer find(Object body, long now) {
        for (int index = 0; index < size; index++) {
            Answer answer = answers[index];
            if (answer.body() == body) {
                return answer.holdsAt(now) ? answer : null;
            }
        }
        return null;
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
