// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.List;
import java.util.function.IntConsumer;

/** A stream split into groups of equal key: its value is a list of them, in order of each group's first element. */
interface GroupSource extends Node {
    /** Calls the action with the id of each aggregate that provides the groups. */
    void forEachAggregate(IntConsumer action);

    /** Returns whether a limit has dropped anything that the readings inside the groups might have needed. */
    boolean approximate(Frame frame, List<Reading> inner);
}
