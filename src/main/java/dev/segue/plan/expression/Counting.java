// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.NavigableSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A reading that is a count, and knows when a condition on the count can change. */
interface Counting extends Reading {
    long count(Frame frame);

    /** The first instant at which the condition on the count may be another, if no event comes. */
    long stableUntil(Frame frame, LongPredicate condition);

    /** What can lower the count, beside time; null where further elements of its own stream can. */
    default @Nullable NavigableSet<Integer> restraints() {
        return null;
    }
}
