// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Streams that are cut into groups, as long as a customer's state is in memory: cut once for all that ask in one look
 * and, where nothing narrows the stream, until an element comes or goes.
 */
public final class CutGroups {
    private final Map<String, Cut> known = new HashMap<>();

    /**
     * @param seen in order of the first element of each
     * @param leftOut how many more there are, less recently touched
     */
    public record Groups(List<List<Timed>> seen, int leftOut) {}

    private record Cut(List<Timed> elements, Object look, Groups groups) {}

    /**
     * @param name the same for all that cut the same stream by the same key
     * @param elements of the stream before time narrows it; another list where any has changed
     * @param narrowed whether anything but the elements decides what the groups are
     * @param look one object for all that ask at once
     */
    public Groups of(String name, List<Timed> elements, boolean narrowed, Object look, Supplier<Groups> cut) {
        Cut last = known.get(name);
        if (last == null || !isSame(last.elements, elements) || (narrowed && !isSame(last.look, look))) {
            last = new Cut(elements, look, cut.get());
            known.put(name, last);
        }
        return last.groups;
    }

    /** The very same: comparing lists would cost more than cutting. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
