// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Groups;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.plan.need.MayFail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Walks expressions, including those inside readings of streams. */
final class Expressions {
    private Expressions() {}

    /** The expression and all its subexpressions. */
    static Stream<Expression> all(Expression expression) {
        Stream<Expression> inside = Stream.concat(
                expression.children().stream(), lambdas(expression).map(Lambda::body));
        return Stream.concat(Stream.of(expression), inside.flatMap(Expressions::all));
    }

    /** The lambdas of a reading or of groups. */
    static Stream<Lambda> lambdas(Expression expression) {
        List<Lambda> lambdas = new ArrayList<>();
        if (expression instanceof Reading reading) {
            ofPipeline(reading.pipeline(), lambdas);
            if (reading.projection() != null) {
                lambdas.add(reading.projection());
            }
        } else if (expression instanceof Groups groups) {
            ofPipeline(groups.pipeline(), lambdas);
            lambdas.add(groups.key());
        }
        return lambdas.stream();
    }

    private static void ofPipeline(Pipeline pipeline, List<Lambda> lambdas) {
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                lambdas.add(filter.condition());
            } else if (step instanceof Pipeline.After after) {
                ofPipeline(after.other(), lambdas);
            } else if (step instanceof Pipeline.Related related) {
                ofPipeline(related.other(), lambdas);
            }
        }
    }

    /** Returns true if evaluation may fail; the condition is then false, and so is its negation. */
    static boolean mayFail(Expression expression) {
        return all(expression).anyMatch(MayFail::is);
    }

    /** Returns true if a number may be NaN, for which every comparison is false. Event fields are never NaN. */
    static boolean mayBeNaN(Expression expression) {
        return all(expression).anyMatch(part -> isCall(part, Operators.DIVIDE));
    }

    static boolean isCall(Expression expression, String function) {
        return expression instanceof Call call && call.function().equals(function);
    }
}
