// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CartLine;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.CutGroups;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.Series;
import dev.segue.plan.state.Timed;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Where the elements of a list come from: a kept series, the cart, the orders that stand, or a group around. */
public interface Elements {
    /** All elements, oldest first. */
    List<Timed> all(Frame frame);

    /** Names the aggregates that they come from. */
    default void forEachAggregate(IntConsumer action) {}

    /** Whether a limit has dropped any. */
    default boolean approximate(Frame frame) {
        return false;
    }

    /** The kept elements of a stream. */
    record OfSeries(int aggregate) implements Elements {
        @Override
        public List<Timed> all(Frame frame) {
            List<Timed> all = new ArrayList<>();
            if (frame.find(aggregate) instanceof Series series) {
                for (int index = 0; index < series.size(); index++) {
                    Object value = series.value(index);
                    all.add(new Timed(series.time(index), value == null ? Map.of() : value));
                }
            }
            return all;
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
            List<Timed> all = new ArrayList<>();
            if (frame.find(aggregate) instanceof CartLog log) {
                for (CartLine line : log.lines()) {
                    all.add(new Timed(line.time(), line.fields(log.details())));
                }
            }
            return all;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            action.accept(aggregate);
        }
    }

    /** The orders that stand, or the product lines of them. */
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

    /** The group that a lambda looks at. */
    record OfGroup(int depth) implements Elements {
        @Override
        @SuppressWarnings("unchecked") // The only lambdas over groups are those over what Groups gives.
        public List<Timed> all(Frame frame) {
            return (List<Timed>) frame.element(depth);
        }
    }

    /**
     * Elements cut into groups of equal key, in the order of each group's first.
     *
     * @param narrowed whether anything but the elements decides what the groups are: time, or the profile
     * @param name the same for all that cut the same stream by the same key
     */
    record Groups(ListView view, Node key, int depth, boolean narrowed, String name) implements GroupSource {
        @Override
        public Object value(Frame frame) {
            return groups(frame).seen();
        }

        private CutGroups.Groups groups(Frame frame) {
            List<Timed> elements = view.elements().all(frame);
            return frame.state().cutGroups().of(name, elements, narrowed, frame, () -> cut(frame));
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

        /** Nothing is stored of groups, so those that an event made too many are told by when they began. */
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
