// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Subexpressions;
import dev.segue.plan.need.MayFail;

/** What is asked about expressions. */
final class Expressions {
    private Expressions() {}

    /** Returns true if evaluation may fail; the condition is then false, and so is its negation. */
    static boolean mayFail(Expression expression) {
        return Subexpressions.all(expression).anyMatch(MayFail::is);
    }

    /** Returns true if a number may be NaN, for which every comparison is false. Event fields are never NaN. */
    static boolean mayBeNaN(Expression expression) {
        return Subexpressions.all(expression).anyMatch(part -> isCall(part, Operators.DIVIDE));
    }

    static boolean isCall(Expression expression, String function) {
        return expression instanceof Call call && call.function().equals(function);
    }
}
