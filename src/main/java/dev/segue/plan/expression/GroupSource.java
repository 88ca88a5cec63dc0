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

    /** Returns the element of the list to which a group of one of these states belongs; null if there is none. */
    default @Nullable Object elementOf(Keyed.Group group, Frame frame) {
        return group;
    }
}
