// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.NavigableSet;

/**
 * A value of a condition that further elements of its own stream cannot change: three views stay at least three. Time
 * can still change it, and so can the stream in after().
 *
 * @param value the settled value
 * @param aggregates the aggregates that can still change it
 */
public record Settled(boolean value, NavigableSet<Integer> aggregates) {
    Settled negated() {
        return new Settled(!value, aggregates);
    }
}
