package dev.segue.plan;

import dev.segue.definition.Expression;
import dev.segue.definition.Expression.Lambda;
import dev.segue.definition.Expression.Select;
import dev.segue.definition.Expression.Variable;
import dev.segue.definition.Pipeline;
import dev.segue.definition.Reduction;
import dev.segue.definition.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Readings that look at elements one by one: of the cart and of groups; and where a condition depends on the profile, which may change, or looks at the latest few only.
 */
final class ListCompiler {
    private final ExpressionCompiler expressions;
    private final Aggregates aggregates;
    private final ReadingCompiler readings;

    ListCompiler(ExpressionCompiler expressions, Aggregates aggregates, ReadingCompiler readings) {
        this.expressions = expressions;
        this.aggregates = aggregates;
        this.readings = readings;
    }

    static boolean needsElements(Expression.Reading reading) {
        return needsElements(reading.pipeline())
                || (reading.projection() != null
                        && (usesProfile(reading.projection().body()) || failsAmongLast(reading)));
    }

    /** What is taken of the latest few fails while one without a value is among them: they must be looked at. */
    private static boolean failsAmongLast(Expression.Reading reading) {
        return reading.projection() != null
                && Fallible.is(reading.projection().body())
                && reading.pipeline().steps().stream().anyMatch(step -> step instanceof Pipeline.Last);
    }

    static boolean needsElements(Pipeline pipeline) {
        if (pipeline.group() || pipeline.source().equals(Streams.CART)) {
            return true;
        }
        boolean afterLast = false;
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                if (afterLast || usesProfile(filter.condition().body())) {
                    return true;
                }
            }
            // Only narrowings that commute with it can be told by the ends of a range.
            afterLast |= step instanceof Pipeline.Last;
            if (afterLast && step instanceof Pipeline.Before) {
                return true;
            }
        }
        return false;
    }

    static boolean usesProfile(Expression expression) {
        return expression instanceof Expression.Profile
                || expression.children().stream().anyMatch(ListCompiler::usesProfile);
    }

    ListReading compile(Expression.Reading reading, Object zero) {
        Set<String> fields = new TreeSet<>();
        Pipeline pipeline = reading.pipeline();
        Lambda projection = reading.projection();
        if (reading.reduction() == Reduction.EXISTS) {
            // Asked of each, not filtered by: one that holds decides, whatever the others have.
            int last = pipeline.steps().size() - 1;
            projection = ((Pipeline.Filter) pipeline.steps().get(last)).condition();
            pipeline = pipeline.first(last);
        }
        if (projection != null) {
            collectFields(projection, fields);
        }
        ListView view = view(pipeline, fields);
        int depth = expressions.depth();
        Node value = projection == null ? null : expressions.body(projection);
        return new ListReading(view, value, depth, reading.reduction(), reading.factor(), zero, reading.text());
    }

    /** A stream cut into groups; {@code whole} is the expression around, which says what is asked of the groups. */
    Elements.Groups groups(Expression.Groups groups, Expression whole) {
        Set<String> fields = new TreeSet<>();
        collectFields(groups.key(), fields);
        for (Expression.Reading reading : GroupCompiler.readings(whole)) {
            if (reading.projection() != null) {
                collectFields(reading.projection(), fields);
            }
            collectFields(reading.pipeline(), fields);
        }
        // What is read inside may look back less far: a group is there for as long as the stream shows an element of
        // it.
        ListView view = view(groups.pipeline(), fields);
        int depth = expressions.depth();
        String name = groups.pipeline().text() + "|" + groups.key().anonymous().text();
        boolean narrowed = !view.steps().isEmpty() || usesProfile(groups.key().body());
        return new Elements.Groups(view, expressions.body(groups.key()), depth, narrowed, name);
    }

    /** @param fields what is asked of the elements beside what the pipeline's own conditions ask */
    ListView view(Pipeline pipeline, Set<String> fields) {
        long window = windowOf(pipeline);
        Set<String> asked = new TreeSet<>(fields);
        collectFields(pipeline, asked);
        Elements elements = switch (pipeline.source()) {
            case Streams.CART -> new Elements.OfCart(aggregates.cart(asked));
            case Streams.PURCHASE -> new Elements.OfOrders(aggregates.orders(asked, false, window), false);
            case Streams.ITEM_BOUGHT -> new Elements.OfOrders(aggregates.orders(asked, true, window), true);
            default ->
                pipeline.group()
                        ? new Elements.OfGroup(expressions.depthOf(pipeline.source()))
                        : new Elements.OfSeries(aggregates.elements(pipeline.source(), asked, window));
        };
        List<ListStep> steps = new ArrayList<>();
        pipeline.steps().forEach(step -> steps.add(step(step)));
        return new ListView(elements, List.copyOf(steps));
    }

    private ListStep step(Pipeline.Step step) {
        if (step instanceof Pipeline.Filter filter) {
            int depth = expressions.depth();
            return new ListStep.Matching(expressions.body(filter.condition()), depth);
        }
        if (step instanceof Pipeline.Within within) {
            return new ListStep.Within(within.window().millis());
        }
        if (step instanceof Pipeline.Before before) {
            return new ListStep.Before(before.age().millis());
        }
        if (step instanceof Pipeline.Last last) {
            return new ListStep.Last(last.count());
        }
        return new ListStep.After(readings.guardedAnchor(((Pipeline.After) step).other()));
    }

    /** Elements older than this are never seen, in milliseconds. */
    static long windowOf(Pipeline pipeline) {
        long window = Retention.FOREVER;
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Within within) {
                window = Math.min(window, within.window().millis());
            }
            // An element without a value is asked before a later window leaves it out.
            if (step instanceof Pipeline.Filter filter
                    && Fallible.is(filter.condition().body())) {
                return window;
            }
            // A group that is compared with itself needs all of itself.
            if (step instanceof Pipeline.After after && after.other().group()) {
                return Retention.FOREVER;
            }
        }
        return window;
    }

    private static void collectFields(Pipeline pipeline, Set<String> fields) {
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                collectFields(filter.condition(), fields);
            } else if (step instanceof Pipeline.After after && after.other().group()) {
                collectFields(after.other(), fields);
            }
        }
    }

    static void collectFields(Lambda lambda, Set<String> fields) {
        collectFields(lambda.body(), lambda.variable(), fields);
    }

    /** The fields of the lambda's element that an expression reads. */
    private static void collectFields(Expression expression, Variable element, Set<String> fields) {
        if (expression instanceof Select select && select.operand().equals(element)) {
            fields.add(select.field());
        } else if (expression instanceof Expression.Has has && has.operand().equals(element)) {
            fields.add(has.field());
        }
        expression.children().forEach(child -> collectFields(child, element, fields));
    }
}
