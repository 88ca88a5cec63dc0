// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.NavigableSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A reading that is a count, and can compute when a condition on the count may change. */
interface Counting extends Reading {
    long count(Frame frame);

    /** Returns the first instant at which the condition on the count may change without an event. */
    long stableUntil(Frame frame, LongPredicate condition);

    /** Returns the aggregates that can lower the count, beside time; null if further elements of its own stream can. */
    default @Nullable NavigableSet<Integer> restraints() {
        return null;
    }
}
