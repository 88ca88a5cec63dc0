// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Streams;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.CutGroups;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.Series;
import dev.segue.plan.state.Succession;
import dev.segue.plan.state.Timed;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** The source of a list's elements: a stored series, the cart, the effective orders, or the enclosing group. */
public interface Elements {
    /** Returns all elements, oldest first. */
    List<Timed> all(Frame frame);

    /** Calls the action with the id of each aggregate that provides elements. */
    default void forEachAggregate(IntConsumer action) {}

    /** Returns whether a limit has dropped any elements. */
    default boolean approximate(Frame frame) {
        return false;
    }

    /** The stored elements of a stream. */
    record OfSeries(int aggregate) implements Elements {
        @Override
        public List<Timed> all(Frame frame) {
            List<Timed> all = new ArrayList<>();
            if (frame.find(aggregate) instanceof Series series) {
                for (int index = 0; index < series.size(); index++) {
                    all.add(element(series, index));
                }
            }
            return all;
        }

        static Timed element(Series series, int index) {
            Object value = series.value(0, index);
            return new Timed(series.time(index), value == null ? Map.of() : value);
        }

        @Override
        public boolean approximate(Frame frame) {
            return frame.find(aggregate) instanceof Series series && series.clipped();
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }
    }

    /** The elements of a stream that are stored together with those of the streams that it is related to. */
    record OfMarked(int aggregate) implements Elements, ListStep.Order {
        @Override
        public List<Timed> all(Frame frame) {
            List<Timed> all = new ArrayList<>();
            if (frame.find(aggregate) instanceof Series series) {
                for (int index = 0; index < series.size(); index++) {
                    Map<?, ?> element = element(series, index);
                    if ((KeptElement.Marked.streams(element) & 1) != 0) {
                        all.add(new Timed(series.time(index), element, index));
                    }
                }
            }
            return all;
        }

        private static Map<?, ?> element(Series series, int index) {
            return series.value(0, index) instanceof Map<?, ?> element ? element : Map.of();
        }

        @Override
        public Succession of(Frame frame) {
            if (!(frame.find(aggregate) instanceof Series series)) {
                return new Succession(0);
            }
            Succession succession = new Succession(series.size());
            for (int index = 0; index < series.size(); index++) {
                succession.add(series.time(index), KeptElement.Marked.streams(element(series, index)));
            }
            return succession;
        }

        @Override
        public boolean approximate(Frame frame) {
            return frame.find(aggregate) instanceof Series series && series.clipped();
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }
    }

    /** The lines of the cart. */
    record OfCart(int aggregate) implements Elements {
        @Override
        public List<Timed> all(Frame frame) {
            return frame.find(aggregate) instanceof CartLog log ? log.elements() : List.of();
        }

        @Override
        public boolean approximate(Frame frame) {
            return frame.find(aggregate) instanceof CartLog log && log.clipped();
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }
    }

    /** The effective orders, or their product lines. */
    record OfOrders(int aggregate, boolean items) implements Elements {
        @Override
        public List<Timed> all(Frame frame) {
            if (frame.find(aggregate) instanceof Ledger ledger) {
                return items ? ledger.items() : ledger.purchases();
            }
            return List.of();
        }

        @Override
        public boolean approximate(Frame frame) {
            return frame.find(aggregate) instanceof Ledger ledger && ledger.clipped();
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }
    }

    /** The group to which a lambda is applied. */
    record OfGroup(int depth) implements Elements {
        @Override
        @SuppressWarnings("unchecked") // Lambdas over groups are only applied to values of Groups.
        public List<Timed> all(Frame frame) {
            return (List<Timed>) frame.element(depth);
        }
    }

    /**
     * The elements with the key of the enclosing element of {@code by_product} and the like.
     *
     * @param key of an element
     * @param depth of the key's lambda
     * @param enclosing the depth of the enclosing lambda
     */
    record OfKey(Elements elements, Node key, int depth, int enclosing) implements Elements {
        @Override
        public List<Timed> all(Frame frame) {
            Object wanted = ((Map<?, ?>) frame.element(enclosing)).get(Streams.KEY);
            List<Timed> found = new ArrayList<>();
            for (Timed element : elements.all(frame)) {
                frame.setElement(depth, element.value());
                if (key.value(frame).equals(wanted)) {
                    found.add(element);
                }
            }
            return found;
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
     * Elements split into groups of equal key, in the order of each group's first element.
     *
     * @param narrowed whether the groups depend on anything but the elements: on time or the profile
     * @param name equal for the same stream and the same key
     */
    record Groups(ListView view, Node key, int depth, boolean narrowed, String name) implements GroupSource {
        @Override
        public Object value(Frame frame) {
            return groups(frame).seen();
        }

        private CutGroups.Groups groups(Frame frame) {
            List<Timed> elements = view.elements().all(frame);
            // Whoever asks about products must ask anew, to be told when they change.
            Object evaluation = frame.asking() != null ? new Object() : frame;
            return frame.state().cutGroups().of(name, elements, narrowed, evaluation, () -> cut(frame));
        }

        private CutGroups.Groups cut(Frame frame) {
            Map<Object, List<Timed>> groups = new LinkedHashMap<>();
            for (Timed element : view.seen(frame)) {
                frame.setElement(depth, element.value());
                groups.computeIfAbsent(Values.unsigned(Values.plain(key.value(frame))), absent -> new ArrayList<>())
                        .add(element);
            }
            List<List<Timed>> all = new ArrayList<>(groups.values());
            int leftOut = Math.max(0, all.size() - Keyed.CAP);
            if (leftOut > 0) {
                frame.leftOut(name, Math.min(leftOut, begunAt(frame.eventAt(), all)));
            }
            return new CutGroups.Groups(leftOut > 0 ? Keyed.latest(all, Groups::touched) : all, leftOut);
        }

        /** Groups are not stored, so the groups that an event pushed over the limit are found by their start. */
        private static int begunAt(long time, List<List<Timed>> groups) {
            return (int)
                    groups.stream().filter(group -> group.get(0).time() == time).count();
        }

        private static long touched(List<Timed> group) {
            return group.get(group.size() - 1).time();
        }

        @Override
        public long stableUntil(Frame frame) {
            return view.stableUntil(frame);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            view.forEachAggregate(action);
        }

        @Override
        public boolean approximate(Frame frame, List<Reading> inner) {
            return view.elements().approximate(frame) || groups(frame).leftOut() > 0;
        }
    }
}
