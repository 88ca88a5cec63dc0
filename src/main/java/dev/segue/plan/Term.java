package dev.segue.plan;

import java.util.NavigableSet;

/**
 * A part of a definition that events can change: one side of {@code &&}, a value, or what is carried.
 *
 * @param id its place among all terms of the plan
 * @param definition the definition's place in the plan
 * @param aggregates what its value depends on
 */
record Term(int id, int definition, Node node, NavigableSet<Integer> aggregates) {
    /** Whether it is false; one that has no value is not. */
    boolean isFalse(Frame frame) {
        try {
            return !node.test(frame);
        } catch (EvaluationException none) {
            return false;
        }
    }
}
