// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.language.Streams;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.FieldType;
import dev.segue.plan.need.ElementNeeds;
import dev.segue.plan.need.GroupNeeds;
import dev.segue.plan.need.KeyNeeds;
import dev.segue.plan.need.MayFail;
import dev.segue.plan.state.Retention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a reading to the aggregate that it needs and the node that evaluates it. Conditions that can be decided when
 * an event arrives need only numbers; for all others {@link ListCompiler} stores elements.
 */
final class ReadingCompiler {
    private final ExpressionCompiler expressions;

    private final AggregateNeeds aggregates;
    private final ListCompiler lists;
    /** The groups of the expression if they have their own aggregates; otherwise null. */
    private @Nullable KeyedStream keyed;
    /** The streams of by_product and the like whose groups have their own aggregates. */
    private final Map<String, KeyedStream> keyedByStream = new HashMap<>();
    /** The join by a key in which readings are compiled; null outside. */
    private Expression.@Nullable ByKey keys;

    ReadingCompiler(ExpressionCompiler expressions, AggregateNeeds aggregates) {
        this.expressions = expressions;
        this.aggregates = aggregates;
        this.lists = new ListCompiler(expressions, aggregates, this);
    }

    /**
     * Compiles a stream split into groups. Readings compiled after it, up to {@link #leaveGroups}, may read inside the
     * groups.
     *
     * @param whole the enclosing expression, which contains the readings of the groups
     */
    GroupSource enterGroups(Expression.Groups groups, Expression whole) {
        if (!GroupNeeds.canBeKeyed(groups, whole)) {
            return lists.groups(groups, whole);
        }
        Pipeline pipeline = groups.pipeline();
        List<Pipeline.Step> narrowing = GroupNeeds.narrowing(pipeline);
        Shelf shelf = shelf(pipeline);
        long window = ElementNeeds.windowOf(pipeline);
        AggregateNeeds.KeyedNeed need = shelf.aggregates().keyed(kept(pipeline, groups.key()), window);
        keyed = new KeyedStream(pipeline.source(), narrowing, need.inner());
        Counting present = null;
        if (!narrowing.isEmpty()) {
            Pipeline all = new Pipeline(pipeline.source(), true, List.of());
            present = compile(
                    new Expression.Reading(all, null, Reductions.COUNT, 0, pipeline.text(), FieldType.Scalar.INTEGER),
                    1);
        }
        return new KeyedGroups(shelf.source(need.id()), present, window);
    }

    /**
     * Compiles the join of several streams by a key. Readings compiled after it, up to {@link #leaveGroups}, may read inside
     * the groups.
     *
     * @param whole the enclosing expression, which contains the readings of the groups
     */
    GroupSource enterGroups(Expression.ByKey joined, Expression whole) {
        keys = joined;
        KeyNeeds needs = KeyNeeds.of(joined, whole);
        Map<String, JoinedGroups.Part> parts = new LinkedHashMap<>();
        needs.byStream().forEach((stream, need) -> parts.put(stream, part(stream, need, key(stream, joined))));
        return new JoinedGroups(List.copyOf(parts.values()), parts.get(needs.leading()), GroupNeeds.showsOrder(whole));
    }

    private JoinedGroups.Part part(String stream, KeyNeeds.Need need, Lambda key) {
        long window = need.window() == null ? Retention.FOREVER : need.window().millis();
        if (need.elements()) {
            return lists.keys(stream, key, window);
        }
        List<Pipeline.Step> steps = new ArrayList<>(List.of(new Pipeline.Filter(isSet(key))));
        if (need.window() != null) {
            steps.add(new Pipeline.Within(need.window()));
        }
        Pipeline pipeline = new Pipeline(stream, false, List.copyOf(steps));
        Shelf shelf = shelf(pipeline);
        AggregateNeeds.KeyedNeed groups = shelf.aggregates().keyed(kept(pipeline, key), window);
        keyedByStream.put(stream, new KeyedStream(stream, List.of(), groups.inner()));
        return new JoinedGroups.OfAggregates(new KeyedGroups(shelf.source(groups.id()), null, window));
    }

    /** Returns the key of the elements with which a pipeline over an element of by_product and the like begins. */
    Lambda key(Pipeline pipeline) {
        return key(pipeline.stream(), Objects.requireNonNull(keys));
    }

    private static Lambda key(String stream, Expression.ByKey joined) {
        FieldType element = Objects.requireNonNull(joined.streams().get(stream)).element();
        Variable variable = new Variable("e", element);
        return new Lambda(variable, new Expression.Select(variable, joined.field(), FieldType.Scalar.STRING));
    }

    private static Lambda isSet(Lambda key) {
        List<Expression> sides = List.of(key.body(), new Expression.Literal("", FieldType.Scalar.STRING));
        return new Lambda(key.variable(), new Expression.Call(Operators.NOT_EQUALS, sides, FieldType.Scalar.BOOLEAN));
    }

    /** Returns the groups that a pipeline reads if they have their own aggregates; otherwise null. */
    private @Nullable KeyedStream keyedOf(Pipeline pipeline) {
        return pipeline.isOfKey() ? keyedByStream.get(pipeline.stream()) : pipeline.group() ? keyed : null;
    }

    /** Returns whether these readings depend only on the current group. */
    boolean areOfGroupAlone(List<Reading> read) {
        if (keyed == null) {
            return false;
        }
        Set<Integer> ofGroup = keyed.inner().ids();
        Set<Integer> needed = new TreeSet<>();
        read.forEach(reading -> reading.forEachAggregate(needed::add));
        return ofGroup.containsAll(needed) && read.stream().allMatch(reading -> reading instanceof Counting);
    }

    void leaveGroups() {
        keyed = null;
        keyedByStream.clear();
        keys = null;
    }

    /** Returns a pipeline prefixed with the steps that narrow the enclosing groups. */
    private Pipeline whole(Pipeline pipeline) {
        KeyedStream groups = keyedOf(pipeline);
        return groups == null ? pipeline : groups.whole(pipeline);
    }

    private boolean needsElements(Pipeline pipeline) {
        return keyedOf(pipeline) == null && ElementNeeds.needsElements(pipeline);
    }

    private boolean needsElements(Expression.Reading reading) {
        return keyedOf(reading.pipeline()) == null && ElementNeeds.needsElements(reading);
    }

    /**
     * The place where a stream's aggregates are kept.
     *
     * @param orders the aggregates of the orders if the stream consists of them; otherwise null
     * @param ledger the stable id of the orders
     */
    private record Shelf(
            AggregateNeeds aggregates, @Nullable OrderCounts orders, int ledger) {
        Source source(int aggregate) {
            return orders == null ? new Source.Own(aggregate) : new Source.OfOrders(ledger, orders, aggregate);
        }
    }

    private Shelf shelf(Pipeline pipeline) {
        KeyedStream groups = keyedOf(pipeline);
        if (groups != null) {
            return new Shelf(groups.inner(), null, 0);
        }
        if (!isOfOrders(pipeline.source())) {
            return new Shelf(aggregates, null, 0);
        }
        boolean items = pipeline.source().equals(Streams.ITEM_BOUGHT);
        AggregateNeeds.OrdersNeed orders = aggregates.ofOrders(items);
        return new Shelf(
                orders.inner(), orders.counts(), aggregates.orders(Set.of(), items, ElementNeeds.windowOf(pipeline)));
    }

    private static boolean isOfOrders(String source) {
        return source.equals(Streams.PURCHASE) || source.equals(Streams.ITEM_BOUGHT);
    }

    /** @param bound counts above this do not change the result; {@link Integer#MAX_VALUE} for no bound */
    Counting compile(Expression.Reading reading, int bound) {
        Counting plain = plain(reading, bound);
        List<Reading> guards = new ArrayList<>();
        Pipeline pipeline = whole(reading.pipeline());
        if (needsElements(reading)) {
            return plain; // It evaluates elements one by one, and so finds those without a value.
        }
        boolean exists = reading.reduction() == Reductions.EXISTS;
        int steps = pipeline.steps().size();
        addGuards(pipeline, exists ? steps - 1 : steps, guards);
        Lambda condition =
                exists ? ((Pipeline.Filter) pipeline.steps().get(steps - 1)).condition() : reading.projection();
        Reading last = condition != null && MayFail.is(condition.body())
                ? lacking(exists ? pipeline.first(steps - 1) : pipeline, condition)
                : null;
        if (guards.isEmpty() && last == null) {
            return plain;
        }
        Boolean decided = exists ? Boolean.TRUE : reading.reduction() == Reductions.EVERY ? Boolean.FALSE : null;
        return new Guarded(plain, List.copyOf(guards), last, decided);
    }

    /** Adds guards for the conditions among the first steps, and for those of the streams in after(). */
    private void addGuards(Pipeline pipeline, int steps, List<Reading> guards) {
        for (int index = 0; index < steps; index++) {
            Pipeline.Step step = pipeline.steps().get(index);
            if (step instanceof Pipeline.Filter filter
                    && MayFail.is(filter.condition().body())) {
                guards.add(lacking(pipeline.first(index), filter.condition()));
            } else if (step instanceof Pipeline.After after && !needsElements(after.other())) {
                Pipeline other = whole(after.other());
                addGuards(other, other.steps().size(), guards);
            }
        }
    }

    /** Returns a reading that holds if a lambda has no value for some element. */
    private Reading lacking(Pipeline pipeline, Lambda lambda) {
        AggregateNeeds.Kept kept = kept(pipeline, null)
                .with(
                        new Guarded.Lacks(expressions.bodyOverEvent(lambda)),
                        AggregateNeeds.FILTER + lambda.anonymous().text() + " has no value");
        keepFields(pipeline, lambda);
        String text = pipeline.text() + " without " + lambda.body().text();
        if (isUntimed(pipeline)) {
            return new TotalReading(total(pipeline, kept), Reductions.EXISTS, false, text);
        }
        SeriesView view = view(pipeline, kept, 1, Reductions.EXISTS);
        return new SeriesReading(view, Reductions.EXISTS, 1, 0, false, text);
    }

    private Source total(Pipeline pipeline, AggregateNeeds.Kept kept) {
        Shelf shelf = shelf(pipeline);
        return shelf.source(shelf.aggregates().total(kept));
    }

    private static boolean isUntimed(Pipeline pipeline) {
        return pipeline.steps().stream().allMatch(step -> step instanceof Pipeline.Filter);
    }

    private Counting plain(Expression.Reading reading, int bound) {
        Object zero = ExpressionCompiler.zero(reading.type());
        Pipeline pipeline = whole(reading.pipeline());
        if (needsElements(reading)) {
            return lists.compile(reading, zero);
        }
        Reduction reduction = reading.reduction();
        if (isUntimed(pipeline) && reduction.fromTotal()) {
            Lambda summed = reduction == Reductions.COUNT ? null : reading.projection();
            return new TotalReading(total(pipeline, kept(pipeline, summed)), reduction, zero, reading.text());
        }
        int needed = reduction.isCount() ? bound : reduction.enough();
        // A count needs no values, so it can share its series with other counts of the same elements.
        Lambda projection = reduction == Reductions.COUNT ? null : reading.projection();
        SeriesView view = view(pipeline, kept(pipeline, projection), needed, reduction);
        return new SeriesReading(
                view,
                reduction,
                reduction.isCount() || reduction == Reductions.EXISTS ? needed : Integer.MAX_VALUE,
                reading.factor(),
                zero,
                reading.text());
    }

    /** Compiles the stream that after() compares with. The caller adds its guards. */
    Anchor anchor(Pipeline written) {
        Pipeline pipeline = whole(written);
        return needsElements(pipeline)
                ? lists.view(pipeline, Set.of())
                : view(pipeline, kept(pipeline, null), 1, Reductions.LATEST);
    }

    /** As {@link #anchor}, for callers that do not add guards themselves. */
    Anchor guardedAnchor(Pipeline pipeline) {
        List<Reading> guards = new ArrayList<>();
        if (!needsElements(pipeline)) {
            addGuards(pipeline, pipeline.steps().size(), guards);
        }
        Anchor anchor = anchor(pipeline);
        return guards.isEmpty() ? anchor : new Guarded.OfAnchor(anchor, List.copyOf(guards));
    }

    /** Returns readings each of which holds while a condition of the pipeline has no value for an element. */
    List<Reading> guards(Pipeline pipeline) {
        List<Reading> guards = new ArrayList<>();
        addGuards(pipeline, pipeline.steps().size(), guards);
        return List.copyOf(guards);
    }

    private SeriesView view(Pipeline pipeline, AggregateNeeds.Kept kept, int needed, Reduction reduction) {
        long window = Retention.FOREVER;
        long age = 0;
        int last = Integer.MAX_VALUE;
        boolean lastOfOld = false;
        List<Anchor> anchors = new ArrayList<>();
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Within within) {
                window = Math.min(window, within.window().millis());
            } else if (step instanceof Pipeline.Before before) {
                age = Math.max(age, before.age().millis());
            } else if (step instanceof Pipeline.After after) {
                anchors.add(anchor(after.other()));
            } else if (step instanceof Pipeline.Last latest) {
                last = Math.min(last, latest.count());
                lastOfOld = age > 0;
            }
        }
        boolean distinct = reduction.needsDistinctOnly() && age == 0 && last == Integer.MAX_VALUE;
        boolean cutInFront = window != Retention.FOREVER || !anchors.isEmpty() || last != Integer.MAX_VALUE;
        Retention need = need(needed, window, age, last, cutInFront, reduction);
        Shelf shelf = shelf(pipeline);
        AggregateNeeds.Place place = shelf.aggregates().series(kept, distinct ? need.asUnique() : need);
        return new SeriesView(
                shelf.source(place.id()),
                place.column(),
                place.columnId(),
                window,
                age,
                last,
                lastOfOld,
                List.copyOf(anchors));
    }

    private static Retention need(
            int needed, long window, long age, int last, boolean cutInFront, Reduction reduction) {
        if (age == 0) {
            if (reduction.needsOldest()) {
                return cutInFront ? all(last, window) : Retention.oldest(1);
            }
            // The values of a distinct count are unique only if all of them are kept.
            boolean few = needed != Integer.MAX_VALUE && (last == Integer.MAX_VALUE || !reduction.needsDistinctOnly());
            return few ? Retention.latest(Math.min(needed, last), window) : all(last, window);
        }
        return needed != Integer.MAX_VALUE && !cutInFront && reduction.oldestSuffice()
                ? Retention.oldest(needed)
                : Retention.all(window);
    }

    private static Retention all(int last, long window) {
        return last == Integer.MAX_VALUE ? Retention.all(window) : Retention.latest(last, window);
    }

    /** Returns what is kept of a pipeline with only filter steps, and of a projection if there is one. */
    AggregateNeeds.Kept kept(Pipeline pipeline, @Nullable Lambda projection) {
        String source = source(pipeline);
        boolean shared = ElementNeeds.canShare(pipeline, projection);
        List<Lambda> conditions = new ArrayList<>();
        List<Lambda> present = new ArrayList<>();
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                boolean onlyPresent = shared && ElementNeeds.isPresence(filter.condition(), projection, pipeline);
                (onlyPresent ? present : conditions).add(filter.condition());
            }
        }
        conditions.addAll(present);
        List<Node> filters = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of(source));
        for (Lambda condition : conditions) {
            filters.add(expressions.bodyOverEvent(condition));
            words.add(AggregateNeeds.FILTER + condition.anonymous().text());
        }
        Node value = null;
        if (projection != null) {
            value = expressions.bodyOverEvent(projection);
            words.add(AggregateNeeds.VALUE + projection.anonymous().text());
        }
        keepFields(pipeline, projection);
        return new AggregateNeeds.Kept(source, List.copyOf(filters), present.size(), value, List.copyOf(words), shared);
    }

    /** Returns the stream with which a pipeline begins; for a group, the stream that was split. */
    private String source(Pipeline pipeline) {
        KeyedStream groups = keyedOf(pipeline);
        return groups == null ? pipeline.source() : groups.source();
    }

    /** Makes the ledger store the fields that the pipeline and projection read. */
    private void keepFields(Pipeline pipeline, @Nullable Lambda projection) {
        String source = source(pipeline);
        if (!isOfOrders(source)) {
            return;
        }
        Set<String> fields = new TreeSet<>();
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                ElementNeeds.collectFields(filter.condition(), fields);
            }
        }
        if (projection != null) {
            ElementNeeds.collectFields(projection, fields);
        }
        aggregates.orders(fields, source.equals(Streams.ITEM_BOUGHT), ElementNeeds.windowOf(pipeline));
    }
}
