// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.Keyed;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A list of groups of equal key: of one stream, in order of each group's first element, or of several. */
interface GroupSource extends Node {
    /** Calls the action with the id of each aggregate that provides the groups. */
    void forEachAggregate(IntConsumer action);

    /** Returns whether a limit has dropped anything that the readings inside the groups might have needed. */
    boolean approximate(Frame frame, List<Reading> inner);

    /** Returns the states that notice every change of a group; null if there are others, or if some groups are hidden. */
    default @Nullable List<Keyed> states(Frame frame) {
        return null;
    }

    /** Returns the element of the list with a key; null if there is none. Only for a source with {@link #states}. */
    default @Nullable Object find(Object key, Frame frame) {
        return null;
    }

    /** Returns whether the elements of the list are groups of one stream. */
    default boolean isOfOne() {
        return true;
    }

    /** Returns whether an element of the list has a group of one of these states. */
    default boolean isOf(Object element, Keyed.Group group) {
        return element.equals(group);
    }
}
