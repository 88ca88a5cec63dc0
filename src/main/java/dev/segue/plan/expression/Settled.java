// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.NavigableSet;

/**
 * A value of a condition that further elements of its own stream cannot change, as three views stay at least three.
 * Time can, and so can what the stream is compared with.
 *
 * @param value the value that stays
 * @param aggregates what can change it all the same
 */
public record Settled(boolean value, NavigableSet<Integer> aggregates) {
    Settled negated() {
        return new Settled(!value, aggregates);
    }
}
