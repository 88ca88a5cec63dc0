// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.InSegment;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Streams;
import dev.segue.definition.language.Subexpressions;
import dev.segue.event.EventNames;
import dev.segue.plan.explain.Answer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds parts of a conjunction that hold because of default values, although the conjunction as a whole does not hold
 * for a customer without any data. In {@code activity.count() > 0 && profile.age < 30}, the first part keeps out
 * customers without data, but not customers of unknown age. A part that may have something to do with the value counts
 * as its guard.
 */
final class Unguarded {
    /** Streams of which one may be empty only if the others are. */
    private static final Set<String> ORDERS =
            Set.of(Streams.PURCHASE, Streams.ITEM_BOUGHT, Streams.CART, EventNames.ORDER_COMPLETED);

    private Unguarded() {}

    /**
     * Returns the parts whose default values no other part guards.
     *
     * @param condition the answer for a customer without data
     * @param others further conditions that may keep customers out
     */
    static List<Answer> in(Answer condition, List<Expression> others) {
        List<Answer> parts = parts(condition).toList();
        return parts.stream()
                .filter(Unguarded::isHeldByDefault)
                .filter(part -> Stream.concat(
                                parts.stream()
                                        .filter(other -> !isHeldByDefault(other))
                                        .map(Answer::expression),
                                others.stream())
                        .noneMatch(
                                other -> DefaultValues.in(part.expression()).anyMatch(read -> mayGuard(other, read))))
                .toList();
    }

    private static Stream<Answer> parts(Answer condition) {
        return !condition.parts().isEmpty() && Expressions.isCall(condition.expression(), Operators.AND)
                ? condition.parts().stream().flatMap(Unguarded::parts)
                : Stream.of(condition);
    }

    private static boolean isHeldByDefault(Answer part) {
        return Boolean.TRUE.equals(part.value()) && Guess.is(part);
    }

    private static boolean mayGuard(Expression other, DefaultValues.Read read) {
        String text = other.text();
        String stream = read.stream();
        if (Subexpressions.all(other).anyMatch(InSegment.class::isInstance)) {
            return true;
        }
        if (stream == null) {
            return text.contains(read.expression().text());
        }
        return text.contains(stream)
                || stream.equals(Streams.ACTIVITY)
                // A condition on the type of an activity, as on any event type.
                || text.contains(".type")
                || (ORDERS.contains(stream) && ORDERS.stream().anyMatch(text::contains));
    }
}
