// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.language.Expression;
import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a part of an expression for one customer at an instant.
 *
 * @param value as in {@link Evidence}; null if it has none
 * @param noValue why it has no value; null if it has one
 * @param stableUntil the first instant at which the value may change without an event, in milliseconds since the epoch;
 *     {@link CustomerState#NEVER} if it cannot
 * @param parts the sides of {@code && || !}, or the condition and branches of {@code ?:}; otherwise empty
 * @param readings the readings of a part without sub-parts, in the order written
 */
public record Answer(
        Expression expression,
        @Nullable Object value,
        @Nullable String noValue,
        long stableUntil,
        List<Answer> parts,
        List<ReadingValue> readings) {

    /** One reading of the customer's history, with its value. */
    public record ReadingValue(Expression reading, Evidence evidence) {}
}
