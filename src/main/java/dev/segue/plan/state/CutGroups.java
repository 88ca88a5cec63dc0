// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Caches streams split into groups while a customer's state is in memory. Each stream is split once per evaluation; if
 * nothing narrows it, the groups stay valid until an element is added or removed.
 */
public final class CutGroups {
    private final Map<String, Cut> known = new HashMap<>();

    /**
     * @param seen the visible groups, in order of their first elements
     * @param leftOut number of less recently touched groups that are hidden
     */
    public record Groups(List<List<Timed>> seen, int leftOut) {}

    private record Cut(List<Timed> elements, Object evaluation, Groups groups) {}

    /**
     * @param name equal for the same stream and the same key
     * @param elements of the stream before time narrows it; a different list object if any element has changed
     * @param narrowed whether the groups depend on anything but the elements
     * @param evaluation an object that identifies the evaluation
     */
    public Groups of(String name, List<Timed> elements, boolean narrowed, Object evaluation, Supplier<Groups> cut) {
        Cut last = known.get(name);
        if (last == null || !isSame(last.elements, elements) || (narrowed && !isSame(last.evaluation, evaluation))) {
            last = new Cut(elements, evaluation, cut.get());
            known.put(name, last);
        }
        return last.groups;
    }

    /** Compares by identity, because comparing the lists would cost more than splitting them. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
