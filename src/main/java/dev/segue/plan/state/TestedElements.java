// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, while a customer's state is in memory, which conditions on elements and on facts of products hold for no
 * element. Only the next element need be tested then, as long as the facts stay as they are.
 */
public final class TestedElements {
    private final IdentityHashMap<Object, Tested> tested = new IdentityHashMap<>();
    private final Map<Integer, Integer> evaluations = new HashMap<>();

    /**
     * A condition that held for no element.
     *
     * @param changes of the elements' aggregate; see {@link AggregateState#changes}
     * @param seen the number of the latest facts under which this was found
     * @param evaluation of the definition in which it was last found. If the definition was evaluated since without
     *     asking for this condition, nobody was told of new facts
     * @param asked the products whose facts were read, ascending
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Tested(int changes, long seen, int evaluation, int[] asked) {}

    /** Returns the number of the next evaluation of a definition, by its position in the plan. */
    public int nextEvaluation(int definition) {
        return evaluations.merge(definition, 1, Integer::sum);
    }

    /** Returns what is known of a condition; null if nothing is. */
    public @Nullable Tested find(Object condition) {
        return tested.get(condition);
    }

    /** @param found null if the condition holds for an element */
    public void put(Object condition, @Nullable Tested found) {
        if (found == null) {
            tested.remove(condition);
        } else {
            tested.put(condition, found);
        }
    }

    /** Forgets all, because other definitions are evaluated. */
    public void clear() {
        tested.clear();
        evaluations.clear();
    }
}
