// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Streams;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Timed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
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
        /** Calls the action with the key of each group, and with its aggregates; null if its elements are read one by one. */
        void forEachGroup(Frame frame, BiConsumer<Object, @Nullable AggregateStates> action);

        /** Returns the aggregates of a key's group; null if it has none. */
        @Nullable
        AggregateStates aggregates(Object key, Frame frame);

        void forEachAggregate(IntConsumer action);

        /** Returns whether a limit has dropped any elements. */
        boolean approximate(Frame frame);
    }

    /** A stream whose groups have aggregates of their own. */
    record OfAggregates(KeyedGroups groups) implements Part {
        @Override
        public void forEachGroup(Frame frame, BiConsumer<Object, @Nullable AggregateStates> action) {
            for (Keyed.Group group : groups.all(frame)) {
                action.accept(group.key(), group.aggregates());
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
        public void forEachGroup(Frame frame, BiConsumer<Object, @Nullable AggregateStates> action) {
            for (Timed element : elements.all(frame)) {
                frame.setElement(depth, element.value());
                Object value = key.value(frame);
                if (!value.equals("")) {
                    action.accept(value, null);
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

    /** The groups of equal key: those of the leading stream at first, the others when they are needed. */
    final class Joined {
        private final Object key;
        private final List<AggregateStates> aggregates = new ArrayList<>(2);
        private boolean isWhole = leading == null;
        private @Nullable Map<String, Object> element;

        private Joined(Object key, @Nullable AggregateStates first) {
            this.key = key;
            add(first);
        }

        private void add(@Nullable AggregateStates more) {
            if (more != null) {
                aggregates.add(more);
            }
        }

        /** The key, as expressions read it. */
        Map<String, Object> element() {
            if (element == null) {
                element = Map.of(Streams.KEY, key);
            }
            return element;
        }

        /** Returns the state of an aggregate of one of the groups; null if it is empty. */
        @Nullable
        AggregateState find(int id, Frame frame) {
            AggregateState found = find(id, 0);
            if (found != null || isWhole) {
                return found;
            }
            isWhole = true;
            int known = aggregates.size();
            for (int index = 0; index < parts.size(); index++) {
                Part part = parts.get(index);
                add(part == leading ? null : part.aggregates(key, frame));
            }
            return find(id, known);
        }

        private @Nullable AggregateState find(int id, int from) {
            AggregateState found = null;
            for (int index = from; found == null && index < aggregates.size(); index++) {
                found = aggregates.get(index).find(id);
            }
            return found;
        }
    }

    @Override
    public Object value(Frame frame) {
        if (leading instanceof OfAggregates alone && !ordered) {
            List<Keyed.Group> groups = alone.groups().all(frame);
            List<Joined> all = new ArrayList<>(groups.size());
            for (int index = 0; index < groups.size(); index++) {
                all.add(new Joined(groups.get(index).key(), groups.get(index).aggregates()));
            }
            return all;
        }
        Map<Object, Joined> byKey = ordered ? new TreeMap<>() : new LinkedHashMap<>();
        for (Part part : leading == null ? parts : List.of(leading)) {
            part.forEachGroup(frame, (key, aggregates) -> {
                Joined known = byKey.get(key);
                if (known == null) {
                    byKey.put(key, new Joined(key, aggregates));
                } else {
                    known.add(aggregates);
                }
            });
        }
        return List.copyOf(byKey.values());
    }

    @Override
    public @Nullable List<Keyed> states(Frame frame) {
        List<Keyed> states = new ArrayList<>(parts.size());
        for (int index = 0; index < parts.size(); index++) {
            if (!(parts.get(index) instanceof OfAggregates part)) {
                return null;
            }
            Keyed state = part.groups().state(frame);
            if (state != null && state.groups().size() > Keyed.CAP) {
                return null;
            }
            if (state != null) {
                states.add(state);
            }
        }
        return states;
    }

    @Override
    public @Nullable Object find(Object key, Frame frame) {
        if (leading != null) {
            AggregateStates first = leading.aggregates(key, frame);
            return first == null ? null : new Joined(key, first);
        }
        Joined joined = new Joined(key, null);
        parts.forEach(part -> joined.add(part.aggregates(key, frame)));
        return joined.aggregates.isEmpty() ? null : joined;
    }

    @Override
    public boolean isOfOne() {
        return false;
    }

    @Override
    public boolean isOf(Object element, Keyed.Group group) {
        return ((Joined) element).key.equals(group.key());
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
            Joined joined = (Joined) group;
            frame.enter(id -> joined.find(id, frame));
            if (KeyedGroups.isApproximate(inner, frame)) {
                return true;
            }
        }
        return false;
    }
}
