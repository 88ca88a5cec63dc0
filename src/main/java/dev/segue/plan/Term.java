// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.Node;
import dev.segue.plan.expression.Reading;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * A part of a definition that events can change: one side of {@code &&}, a value, or an entry of the carry.
 *
 * @param id its index among all terms of the plan
 * @param definition the definition's index in the plan
 * @param aggregates the aggregates on which its value depends
 * @param readings the readings on which its value depends; none if any change of an aggregate matters
 * @param settled watched instead of this term while its value is settled; null if it never is
 * @param settledValue the value that settles it
 */
record Term(
        int id,
        int definition,
        Node node,
        NavigableSet<Integer> aggregates,
        List<Reading> readings,
        @Nullable Term settled,
        boolean settledValue) {
    /** Returns whether the term is false. A term without a value is not. */
    boolean isFalse(Frame frame) {
        return is(false, frame);
    }

    /**
     * Returns whether the term holds. The result is cached in the frame, once per instant. This is safe because
     * definitions are evaluated in dependency order.
     *
     * @throws EvaluationException if it has no value
     */
    boolean test(Frame frame) {
        Boolean known = frame.cachedResult(id);
        if (known == null) {
            known = node.test(frame);
            frame.cacheResult(id, known);
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
     * Watches this term, or its stand-in while it is settled.
     *
     * @return the first instant at which time alone may change the value
     */
    long watch(Frame frame, WatchedTerms watched) {
        boolean isSettled = settled != null && is(settledValue, frame) && node.isSettled(frame);
        watched.watch(isSettled ? settled.id() : id);
        return node.stableUntil(frame);
    }
}
