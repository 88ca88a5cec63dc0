// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Percentile;
import dev.segue.definition.language.Operators;
import org.jspecify.annotations.Nullable;

/** Warns of percentiles that are compared as if they were shares, and of members who would never leave. */
final class PercentileUses {
    private final Definition definition;
    private final Warnings found;

    PercentileUses(Definition definition, Warnings found) {
        this.definition = definition;
        this.found = found;
    }

    /** A percentile compared with a constant, as {@code percentile function constant}. */
    private record Comparison(Percentile percentile, String function, double constant) {
        static @Nullable Comparison of(Call call) {
            String mirrored = Operators.MIRRORED.get(call.function());
            if (mirrored == null) {
                return null;
            }
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            if (left instanceof Percentile percentile && right instanceof Literal constant) {
                return new Comparison(percentile, call.function(), (Double) constant.value());
            }
            return right instanceof Percentile percentile && left instanceof Literal constant
                    ? new Comparison(percentile, mirrored, (Double) constant.value())
                    : null;
        }
    }

    void report() {
        DefinitionParts.of(definition).values().forEach(this::warnOfShares);
        if (definition.rule() instanceof DefinitionRule.Segment segment && segment.until() != null) {
            warnOfStaying(segment.until());
        }
    }

    private void warnOfShares(Expression expression) {
        Comparison comparison = expression instanceof Call call ? Comparison.of(call) : null;
        if (comparison != null && comparison.constant() > 0 && comparison.constant() < 1) {
            found.add(
                    expression,
                    "a percentile is from 0.0 to 100.0, so " + comparison.constant()
                            + " is less than one percent of the customers. Write "
                            + Math.round(comparison.constant() * 1000) / 10.0
                            + " if that is what you mean.");
        }
        expression.children().forEach(this::warnOfShares);
    }

    /** What is negated is true for whoever has no percentile. */
    private void warnOfStaying(Expression until) {
        Comparison comparison = until instanceof Call call ? Comparison.of(call) : null;
        boolean isBelow = comparison != null
                && (comparison.function().equals(Operators.LESS)
                        || comparison.function().equals(Operators.LESS_EQUALS));
        if (isBelow) {
            String stays = comparison.function().equals(Operators.LESS) ? " >= " : " > ";
            found.add(
                    until,
                    "this is false for whoever has no percentile any more, because the value is zero or too few customers"
                            + " are compared, so they stay. Write !("
                            + comparison.percentile().text() + stays
                            + comparison.constant() + ").");
        }
        if (!(until instanceof Call call && call.function().equals(Operators.NOT))) {
            until.children().forEach(this::warnOfStaying);
        }
    }
}
