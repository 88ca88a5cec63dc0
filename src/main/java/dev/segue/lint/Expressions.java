package dev.segue.lint;

import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Groups;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Pipeline;
import dev.segue.plan.expression.MayFail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Walks expressions, those inside readings of streams included. */
final class Expressions {
    private Expressions() {}

    /** The expression and everything that it is made of. */
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
            }
        }
    }

    /** Whether the expression may have no value; it is false then, and so is what negates it. */
    static boolean mayFail(Expression expression) {
        return all(expression).anyMatch(MayFail::is);
    }

    /** Whether a number may be NaN, which is neither below nor above anything. No event holds one. */
    static boolean mayBeNaN(Expression expression) {
        return all(expression).anyMatch(part -> isCall(part, "_/_"));
    }

    static boolean isCall(Expression expression, String function) {
        return expression instanceof Call call && call.function().equals(function);
    }
}
