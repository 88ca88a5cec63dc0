// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Groups;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Walks expressions, including those inside readings of streams. */
public final class Subexpressions {
    private Subexpressions() {}

    /** Returns the expression and all its subexpressions. */
    public static Stream<Expression> all(Expression expression) {
        Stream<Expression> inside = Stream.concat(
                expression.children().stream(), lambdas(expression).map(Lambda::body));
        return Stream.concat(Stream.of(expression), inside.flatMap(Subexpressions::all));
    }

    /** Returns the lambdas of a reading or of groups. */
    public static Stream<Lambda> lambdas(Expression expression) {
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
}
