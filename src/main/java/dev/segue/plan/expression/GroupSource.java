// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.List;
import java.util.function.IntConsumer;

/** A stream cut into groups of equal key: its value is a list of them, in order of each group's first element. */
interface GroupSource extends Node {
    /** Names the aggregates that the groups come from. */
    void forEachAggregate(IntConsumer action);

    /** Whether a limit has dropped anything that the readings inside the groups might have needed. */
    boolean approximate(Frame frame, List<Reading> inner);
}
