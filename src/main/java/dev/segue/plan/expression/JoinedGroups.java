// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Streams;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Timed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The groups of several streams, joined by their keys: the elements of {@code by_product} and the like.
 *
 * @param leading only keys of this one count; null if those of all do
 * @param ordered whether the order of the keys matters
 */
record JoinedGroups(List<Part> parts, @Nullable Part leading, boolean ordered) implements GroupSource {
    /** One stream. */
    sealed interface Part {
        /** Calls the action with the key of each group, and with the group's aggregates if it has any. */
        void forEachGroup(Frame frame, Consumer<Group> action);

        /** Returns the aggregates of a key's group; null if it has none. */
        @Nullable
        AggregateStates aggregates(Object key, Frame frame);

        void forEachAggregate(IntConsumer action);

        /** Returns whether a limit has dropped any elements. */
        boolean approximate(Frame frame);
    }

    /** @param aggregates null if the elements are read one by one */
    record Group(Object key, @Nullable AggregateStates aggregates) {}

    /** A stream whose groups have aggregates of their own. */
    record OfAggregates(KeyedGroups groups) implements Part {
        @Override
        public void forEachGroup(Frame frame, Consumer<Group> action) {
            for (Keyed.Group group : groups.all(frame)) {
                action.accept(new Group(group.key(), group.aggregates()));
            }
        }

        @Override
        public @Nullable AggregateStates aggregates(Object key, Frame frame) {
            Keyed.Group group = groups.get(key, frame);
            return group == null ? null : group.aggregates();
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            groups.forEachAggregate(action);
        }

        @Override
        public boolean approximate(Frame frame) {
            return groups.approximate(frame, List.of());
        }
    }

    /**
     * A stream whose elements are read one by one.
     *
     * @param key of an element
     * @param depth of the key's lambda
     */
    record OfElements(Elements elements, Node key, int depth) implements Part {
        @Override
        public void forEachGroup(Frame frame, Consumer<Group> action) {
            for (Timed element : elements.all(frame)) {
                frame.setElement(depth, element.value());
                Object value = key.value(frame);
                if (!value.equals("")) {
                    action.accept(new Group(value, null));
                }
            }
        }

        @Override
        public @Nullable AggregateStates aggregates(Object wanted, Frame frame) {
            return null;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            elements.forEachAggregate(action);
        }

        @Override
        public boolean approximate(Frame frame) {
            return elements.approximate(frame);
        }
    }

    /**
     * The groups of equal key.
     *
     * @param element the key, as expressions read it
     * @param aggregates of each stream that has the key
     */
    record Joined(Map<String, Object> element, List<AggregateStates> aggregates) {}

    @Override
    public Object value(Frame frame) {
        Map<Object, List<AggregateStates>> byKey = ordered ? new TreeMap<>() : new HashMap<>();
        for (Part part : leading == null ? parts : List.of(leading)) {
            part.forEachGroup(frame, group -> {
                List<AggregateStates> joined =
                        byKey.computeIfAbsent(group.key(), absent -> new ArrayList<>(parts.size()));
                if (group.aggregates() != null) {
                    joined.add(group.aggregates());
                }
            });
        }
        List<Joined> groups = new ArrayList<>(byKey.size());
        byKey.forEach((key, aggregates) -> {
            if (leading != null) {
                addOthers(key, aggregates, frame);
            }
            groups.add(new Joined(Map.of(Streams.KEY, key), aggregates));
        });
        return groups;
    }

    private void addOthers(Object key, List<AggregateStates> aggregates, Frame frame) {
        for (int index = 0; index < parts.size(); index++) {
            Part part = parts.get(index);
            AggregateStates more = part == leading ? null : part.aggregates(key, frame);
            if (more != null) {
                aggregates.add(more);
            }
        }
    }

    /** A group without elements makes no difference, so time alone changes groups only through what is read inside. */
    @Override
    public long stableUntil(Frame frame) {
        return CustomerState.NEVER;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        parts.forEach(part -> part.forEachAggregate(action));
    }

    @Override
    public boolean approximate(Frame frame, List<Reading> inner) {
        for (Part part : parts) {
            if (part.approximate(frame)) {
                return true;
            }
        }
        for (Object group : (List<?>) value(frame)) {
            frame.enter(((Joined) group).aggregates());
            if (KeyedGroups.isApproximate(inner, frame)) {
                return true;
            }
        }
        return false;
    }
}
