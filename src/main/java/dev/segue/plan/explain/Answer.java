// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.language.Expression;
import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression with its value for one customer at an instant.
 *
 * @param value as in {@link Evidence}; null where it has none
 * @param noValue why it has none; null where it has one
 * @param stableUntil the first instant at which the value may be another although no event comes, in milliseconds since
 *     the epoch; {@link CustomerState#NEVER} where it cannot
 * @param parts the sides of {@code && || !}, or the condition and branches of {@code ?:}; empty for all else
 * @param readings what a part without further parts asks of the customer's history, in the order written
 */
public record Answer(
        Expression expression,
        @Nullable Object value,
        @Nullable String noValue,
        long stableUntil,
        List<Answer> parts,
        List<Asked> readings) {

    /** One question to the customer's history, with what the plan answers. */
    public record Asked(Expression question, Evidence answer) {}
}
