// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.segue.yaml.Problem;
import dev.segue.yaml.ScalarText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the expressions of one definition: CEL checks syntax and types, {@link Lowering} the shape. */
public final class ExpressionChecker {
    /** The longest expression that is accepted, in characters. */
    private static final int MAX_LENGTH = 16 * 1024;

    /** At most this many problems of one expression are reported. */
    private static final int MAX_SHOWN = 20;

    private final Language.Dialect dialect;
    private final Map<String, Expression.Literal> params;
    private final List<Problem> problems;
    private final String definition;
    private final ExpressionPlaces places;
    private final List<Reference> references = new ArrayList<>();
    private final PopulationKeys populations;
    private int readings;
    private boolean comparesCustomers;

    public ExpressionChecker(
            String definition,
            Language.Dialect dialect,
            Map<String, Expression.Literal> params,
            PopulationKeys populations,
            ExpressionPlaces places,
            List<Problem> problems) {
        this.populations = populations;
        this.dialect = dialect;
        this.params = params;
        this.problems = problems;
        this.definition = definition;
        this.places = places;
    }

    /** Returns the checked expression; empty, with problems added, if it is invalid. */
    public Optional<Expression> check(ScalarText text) {
        if (text.value().isBlank()) {
            problems.add(text.problem(0, "the expression is empty."));
            return Optional.empty();
        }
        if (text.value().length() > MAX_LENGTH) {
            problems.add(text.problem(
                    0,
                    "the expression has " + text.value().length() + " characters; the limit is " + MAX_LENGTH
                            + ". Split it into several definitions, joined by in_segment."));
            return Optional.empty();
        }
        CelValidationResult parsed = dialect.compiler().parse(text.value());
        CelValidationResult checked = parsed;
        try {
            if (!parsed.hasError()) {
                checked = dialect.compiler().check(parsed.getAst());
            }
            if (!checked.hasError()) {
                return Optional.of(lower(checked.getAst(), text));
            }
            report(checked, parsed.hasError() ? Optional.empty() : Optional.of(parsed.getAst()), text);
        } catch (CelValidationException impossible) {
            throw new IllegalStateException(impossible);
        } catch (Refusal refusal) {
            int index = text.value().offsetByCodePoints(0, refusal.offset());
            problems.add(text.problem(index, refusal.getMessage()));
        }
        return Optional.empty();
    }

    private Expression lower(CelAbstractSyntaxTree tree, ScalarText text) {
        Lowering lowering = new Lowering(tree, dialect, params, populations);
        Expression expression = lowering.lower();
        lowering.references()
                .forEach((segment, offset) -> references.add(
                        new Reference(definition, segment, text, text.value().offsetByCodePoints(0, offset))));
        lowering.starts()
                .forEach((part, offset) -> places.add(part, text, text.value().offsetByCodePoints(0, offset)));
        places.read(lowering.readParams());
        readings += countReadings(expression);
        comparesCustomers |= hasPercentile(expression);
        return expression;
    }

    /** Returns the references of the definition's expressions to other segments. */
    public List<Reference> references() {
        return references;
    }

    /** Returns the number of readings in the definition's expressions. */
    public int readings() {
        return readings;
    }

    /** Returns whether any of the definition's expressions has a percentile. */
    public boolean comparesCustomers() {
        return comparesCustomers;
    }

    private static boolean hasPercentile(Expression expression) {
        return expression instanceof Expression.Percentile
                || expression.children().stream().anyMatch(ExpressionChecker::hasPercentile);
    }

    private static int countReadings(Expression expression) {
        int count = expression instanceof Expression.Reading || expression instanceof Expression.Grouped ? 1 : 0;
        for (Expression child : expression.children()) {
            count += countReadings(child);
        }
        return count;
    }

    private void report(CelValidationResult checked, Optional<CelAbstractSyntaxTree> parsed, ScalarText text) {
        CelMessages messages = new CelMessages(dialect, parsed, text);
        // After a syntax error the parser guesses and reports follow-up errors, which are dropped.
        long wanted = parsed.isEmpty() ? 1 : MAX_SHOWN;
        checked.getErrors().stream()
                .limit(wanted)
                .map(messages::problem)
                .distinct()
                .forEach(problems::add);
    }
}
