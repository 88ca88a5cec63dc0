// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.language.Streams;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.ProfileFields;
import dev.segue.plan.Plan;
import dev.segue.plan.expression.Anchor;
import dev.segue.plan.expression.ExpressionCompiler;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.ListStep;
import dev.segue.plan.expression.Node;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Succession;
import dev.segue.plan.state.Timed;
import dev.segue.value.EvaluationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Finds the events behind a reading by filtering a customer's complete history, without the plan's stored state. For
 * the cart these are the events since the last order; for orders they include refunds and cancellations.
 */
public final class EventsBehind {
    private static final Set<String> OF_CART =
            Set.of(EventNames.PRODUCT_ADDED, EventNames.PRODUCT_REMOVED, EventNames.ORDER_COMPLETED);
    private static final Set<String> OF_ORDERS =
            Set.of(EventNames.ORDER_COMPLETED, EventNames.ORDER_REFUNDED, EventNames.ORDER_CANCELLED);

    private final ExpressionCompiler compiler;
    private final CustomerState state;
    private final long now;

    EventsBehind(ExpressionCompiler compiler, CustomerState state, long now) {
        this.compiler = compiler;
        this.state = state;
        this.now = now;
    }

    /**
     * Returns the events behind a reading's value, oldest first.
     *
     * @param expression the reading, as in {@link Answer.ReadingValue}
     * @param history all accepted events of the customer up to the instant, as {@link Plan#asCounted} gives them
     */
    public List<Event> of(Expression expression, List<Event> history) {
        List<Event> ordered = ordered(history);
        if (expression instanceof Expression.Reading reading) {
            return narrowed(reading.pipeline(), ordered);
        }
        if (expression instanceof Expression.Groups groups) {
            return narrowed(groups.pipeline(), ordered);
        }
        boolean ofProduct = expression.children().stream().anyMatch(child -> child instanceof Expression.Product);
        if (!ofProduct && (expression instanceof Expression.Select || expression instanceof Expression.Has)) {
            String field = expression instanceof Expression.Select select
                    ? select.field()
                    : ((Expression.Has) expression).field();
            return ordered.stream()
                    .filter(event -> event.type().name().equals(EventNames.PROFILE_UPDATED)
                            && (event.fields().get(field) != null || clears(event, field)))
                    .toList();
        }
        List<Event> found = new ArrayList<>();
        expression.children().forEach(child -> found.addAll(of(child, history)));
        return ordered(found).stream().distinct().toList();
    }

    /** Returns all events that could be elements of the reading's stream, regardless of age. */
    public List<Event> ofStream(Expression expression, List<Event> history) {
        return expression instanceof Expression.Reading reading
                ? ofSource(reading.pipeline().source(), ordered(history))
                : of(expression, history);
    }

    private static List<Event> ordered(List<Event> events) {
        return events.stream().sorted(Comparator.comparingLong(Event::time)).toList();
    }

    private List<Event> narrowed(Pipeline pipeline, List<Event> history) {
        if (pipeline.group() && !pipeline.isOfKey()) {
            return List.of();
        }
        IdentityHashMap<Event, Integer> places = places(history);
        List<Timed> elements = ofSource(pipeline.stream(), history).stream()
                .map(event -> new Timed(event.time(), event, places.getOrDefault(event, -1)))
                .toList();
        boolean areElements =
                !Set.of(Streams.CART, Streams.PURCHASE, Streams.ITEM_BOUGHT).contains(pipeline.stream());
        Frame frame = new Frame(state, now);
        for (Pipeline.Step step : pipeline.steps()) {
            if (areElements || step instanceof Pipeline.Within || step instanceof Pipeline.Before) {
                elements = step(step, history).apply(elements, frame);
            }
        }
        return elements.stream().map(element -> (Event) element.value()).toList();
    }

    private ListStep step(Pipeline.Step step, List<Event> history) {
        if (step instanceof Pipeline.Filter filter) {
            return new ListStep.Matching(new Held(compiler.body(filter.condition())), 0, List.of());
        }
        if (step instanceof Pipeline.Related related) {
            Succession succession = succession(history, narrowed(related.other(), history));
            return ListStep.of(related, new ListStep.Other(frame -> succession, 0, List.of()));
        }
        return step instanceof Pipeline.After after
                ? new ListStep.After(new LatestOf(narrowed(after.other(), history)))
                : ListStep.of(step);
    }

    private static IdentityHashMap<Event, Integer> places(List<Event> history) {
        IdentityHashMap<Event, Integer> places = new IdentityHashMap<>();
        for (int place = 0; place < history.size(); place++) {
            places.put(history.get(place), place);
        }
        return places;
    }

    /** Returns the order of all events, of which some belong to stream 0. */
    private static Succession succession(List<Event> history, List<Event> some) {
        IdentityHashMap<Event, Integer> places = places(some);
        Succession succession = new Succession(history.size());
        history.forEach(event -> succession.add(event.time(), places.containsKey(event) ? 1 : 0));
        return succession;
    }

    /** A condition that also rejects events for which it has no value. */
    private record Held(Node condition) implements Node {
        @Override
        public Object value(Frame frame) {
            try {
                return condition.test(frame);
            } catch (EvaluationException noValue) {
                return false;
            }
        }

        @Override
        public long stableUntil(Frame frame) {
            return condition.stableUntil(frame);
        }
    }

    /** @param events oldest first */
    private record LatestOf(List<Event> events) implements Anchor {
        @Override
        public long latestTime(Frame frame) {
            return events.isEmpty()
                    ? Long.MIN_VALUE
                    : events.get(events.size() - 1).time();
        }

        @Override
        public long latestStableUntil(Frame frame) {
            return CustomerState.NEVER;
        }

        @Override
        public boolean isTimed() {
            return false;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            // The events are already available.
        }
    }

    private static List<Event> ofSource(String source, List<Event> history) {
        return switch (source) {
            case Streams.ACTIVITY ->
                history.stream().filter(event -> event.type().activity()).toList();
            case Streams.CART -> sinceLastOrder(ofTypes(OF_CART, history));
            case Streams.PURCHASE, Streams.ITEM_BOUGHT -> ofTypes(OF_ORDERS, history);
            default -> ofTypes(Set.of(source), history);
        };
    }

    private static boolean clears(Event event, String field) {
        return event.fields().get(ProfileFields.CLEARED) instanceof List<?> cleared && cleared.contains(field);
    }

    private static List<Event> ofTypes(Set<String> types, List<Event> history) {
        return history.stream()
                .filter(event -> types.contains(event.type().name()))
                .toList();
    }

    /** Returns the events after the last order. If there are none, returns the order, which emptied the cart. */
    private static List<Event> sinceLastOrder(List<Event> events) {
        int last = events.size() - 1;
        while (last >= 0 && !events.get(last).type().name().equals(EventNames.ORDER_COMPLETED)) {
            last--;
        }
        return last == events.size() - 1 && last >= 0
                ? List.of(events.get(last))
                : events.subList(last + 1, events.size());
    }
}
