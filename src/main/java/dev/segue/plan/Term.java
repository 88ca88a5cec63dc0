// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.Node;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * A part of a definition that events can change: one side of {@code &&}, a value, or what is carried.
 *
 * @param id its place among all terms of the plan
 * @param definition the definition's place in the plan
 * @param aggregates what its value depends on
 * @param settled stands for this one while its value is settled; null where it never is
 * @param settledValue the value that settles it
 */
record Term(
        int id,
        int definition,
        Node node,
        NavigableSet<Integer> aggregates,
        @Nullable Term settled,
        boolean settledValue) {
    /** Whether it is false; one that has no value is not. */
    boolean isFalse(Frame frame) {
        return is(false, frame);
    }

    /**
     * Whether it holds. It is evaluated once for an instant, and asked again by whoever pays attention: all that an answer
     * depends on, other definitions among it, has been settled when it is first asked for.
     *
     * @throws EvaluationException where it has no value
     */
    boolean test(Frame frame) {
        Boolean known = frame.answer(id);
        if (known == null) {
            known = node.test(frame);
            frame.remember(id, known);
        }
        return known;
    }

    private boolean is(boolean value, Frame frame) {
        try {
            return test(frame) == value;
        } catch (EvaluationException none) {
            return false;
        }
    }

    /**
     * Pays attention to what can change the value.
     *
     * @return the first instant at which time alone may
     */
    long attend(Frame frame, WatchedTerms attention) {
        boolean isSettled = settled != null && is(settledValue, frame);
        attention.pay(isSettled ? settled.id() : id);
        return node.stableUntil(frame);
    }
}
