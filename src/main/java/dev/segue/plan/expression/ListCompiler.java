// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.language.Streams;
import dev.segue.definition.reduction.Reductions;
import dev.segue.plan.need.ElementNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compiles readings that evaluate elements one by one: readings of the cart and of groups, and readings with a
 * condition that depends on the changeable profile or applies only to the latest few elements.
 */
final class ListCompiler {
    private final ExpressionCompiler expressions;
    private final AggregateNeeds aggregates;
    private final ReadingCompiler readings;

    ListCompiler(ExpressionCompiler expressions, AggregateNeeds aggregates, ReadingCompiler readings) {
        this.expressions = expressions;
        this.aggregates = aggregates;
        this.readings = readings;
    }

    ListReading compile(Expression.Reading reading, Object zero) {
        Set<String> fields = new TreeSet<>();
        Pipeline pipeline = reading.pipeline();
        Lambda projection = reading.projection();
        if (reading.reduction() == Reductions.EXISTS) {
            // Not used as a filter: one element for which it holds decides, even if others have no value.
            int last = pipeline.steps().size() - 1;
            projection = ((Pipeline.Filter) pipeline.steps().get(last)).condition();
            pipeline = pipeline.first(last);
        }
        if (projection != null) {
            ElementNeeds.collectFields(projection, fields);
        }
        ListView view = view(pipeline, fields);
        int depth = expressions.depth();
        int before = expressions.hidden().size();
        Node value = projection == null ? null : expressions.body(projection);
        List<Reading> read = expressions.hidden();
        boolean onlyShrinks = reading.reduction() == Reductions.EXISTS
                && view.steps().stream().allMatch(step -> step instanceof ListStep.Within);
        LatestHolding latest = value == null || !onlyShrinks
                ? null
                : new LatestHolding(view, value, depth, areOfProducts(read.subList(before, read.size())));
        return new ListReading(view, value, depth, reading.reduction(), reading.factor(), zero, reading.text(), latest);
    }

    private static boolean areOfProducts(List<Reading> read) {
        return !read.isEmpty()
                && read.stream()
                        .allMatch(reading ->
                                reading instanceof ProductReading || reading instanceof ProductReading.IsSet);
    }

    /**
     * Compiles a stream split into groups; {@code whole} is the enclosing expression, which contains their readings.
     */
    Elements.Groups groups(Expression.Groups groups, Expression whole) {
        Set<String> fields = new TreeSet<>();
        ElementNeeds.collectFields(groups.key(), fields);
        for (Expression.Reading reading : ElementNeeds.readingsOfGroups(whole)) {
            if (reading.projection() != null) {
                ElementNeeds.collectFields(reading.projection(), fields);
            }
            ElementNeeds.collectFields(reading.pipeline(), fields);
        }
        // Inner readings may have shorter windows, but a group exists while one of its elements is visible.
        ListView view = view(groups.pipeline(), fields);
        int depth = expressions.depth();
        String name = groups.pipeline().text() + "|" + groups.key().anonymous().text();
        boolean narrowed = !view.steps().isEmpty()
                || ElementNeeds.usesCustomer(groups.key().body());
        return new Elements.Groups(view, expressions.body(groups.key()), depth, narrowed, name);
    }

    /** @param fields fields that are read of the elements, beside those in the pipeline's own conditions */
    ListView view(Pipeline pipeline, Set<String> fields) {
        if (ElementNeeds.isRelated(pipeline)) {
            return related(pipeline, fields);
        }
        long window = ElementNeeds.windowOf(pipeline);
        Set<String> read = new TreeSet<>(fields);
        ElementNeeds.collectFields(pipeline, read);
        Elements elements = pipeline.isOfKey()
                ? ofKey(pipeline, readings.key(pipeline), read, window)
                : pipeline.group()
                        ? new Elements.OfGroup(expressions.depthOf(pipeline.source()))
                        : elements(pipeline.source(), read, window);
        List<ListStep> steps = new ArrayList<>();
        pipeline.steps().forEach(step -> steps.add(step(step)));
        return new ListView(elements, List.copyOf(steps));
    }

    private Elements elements(String stream, Set<String> fields, long window) {
        return switch (stream) {
            case Streams.CART -> new Elements.OfCart(aggregates.cart(fields));
            case Streams.PURCHASE -> new Elements.OfOrders(aggregates.orders(fields, false, window), false);
            case Streams.ITEM_BOUGHT -> new Elements.OfOrders(aggregates.orders(fields, true, window), true);
            default -> new Elements.OfSeries(aggregates.elements(stream, fields, window));
        };
    }

    private Elements.OfKey ofKey(Pipeline pipeline, Lambda key, Set<String> fields, long window) {
        ElementNeeds.collectFields(key, fields);
        Elements elements = elements(pipeline.stream(), fields, window);
        int depth = expressions.depth();
        return new Elements.OfKey(elements, expressions.body(key), depth, expressions.depthOf(pipeline.variable()));
    }

    /** Returns the keys of a stream whose elements are read one by one. */
    JoinedGroups.OfElements keys(String stream, Lambda key, long window) {
        Set<String> fields = new TreeSet<>();
        ElementNeeds.collectFields(key, fields);
        int depth = expressions.depth();
        return new JoinedGroups.OfElements(elements(stream, fields, window), expressions.body(key), depth);
    }

    /** Compiles a stream whose elements are selected by their order among those of other streams. */
    private ListView related(Pipeline pipeline, Set<String> fields) {
        List<Pipeline.Step> decided = ElementNeeds.decidedAtArrival(pipeline);
        List<Pipeline.Step> left = new ArrayList<>(pipeline.steps());
        left.removeAll(decided); // A condition that was decided holds for all elements, wherever it is written again.
        Set<String> read = new TreeSet<>(fields);
        ElementNeeds.collectFields(new Pipeline(pipeline.source(), false, left), read);
        List<AggregateNeeds.Kept> streams = new ArrayList<>();
        streams.add(readings.kept(new Pipeline(pipeline.source(), false, decided), null));
        for (Pipeline.Step step : left) {
            if (step instanceof Pipeline.Related related) {
                streams.add(readings.kept(related.other(), null));
            }
        }
        Elements.OfMarked elements =
                new Elements.OfMarked(aggregates.marked(streams, read, ElementNeeds.windowOfRelated(pipeline)));
        List<ListStep> steps = new ArrayList<>();
        int stream = 0;
        for (Pipeline.Step step : left) {
            if (step instanceof Pipeline.Related related) {
                stream++;
                steps.add(ListStep.of(related, new ListStep.Other(elements, stream, readings.guards(related.other()))));
            } else {
                steps.add(step(step));
            }
        }
        return new ListView(elements, List.copyOf(steps));
    }

    private ListStep step(Pipeline.Step step) {
        if (step instanceof Pipeline.Filter filter) {
            int depth = expressions.depth();
            int before = expressions.hidden().size();
            Node condition = expressions.body(filter.condition());
            List<Reading> hidden = expressions.hidden();
            return new ListStep.Matching(condition, depth, hidden.subList(before, hidden.size()));
        }
        return step instanceof Pipeline.After after
                ? new ListStep.After(readings.guardedAnchor(after.other()))
                : ListStep.of(step);
    }
}
