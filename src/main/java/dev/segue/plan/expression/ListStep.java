// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Pipeline;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Succession;
import dev.segue.plan.state.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** One step that narrows a list of elements. */
public interface ListStep {
    List<Timed> apply(List<Timed> elements, Frame frame);

    /** Returns a step that needs neither a compiled condition nor another stream. */
    static ListStep of(Pipeline.Step step) {
        if (step instanceof Pipeline.Within within) {
            return new Within(within.window().millis());
        }
        return step instanceof Pipeline.Before before
                ? new Before(before.age().millis())
                : new Last(((Pipeline.Last) step).count());
    }

    static ListStep of(Pipeline.Related step, Other other) {
        long gap = step.gap().millis();
        return step instanceof Pipeline.Follows ? new Following(other, gap) : new Unanswered(other, gap);
    }

    /**
     * Returns the first instant at which time alone may change the step's result, for any selection from {@code all} by
     * the steps before it.
     */
    default long stableUntil(List<Timed> all, Frame frame) {
        return CustomerState.NEVER;
    }

    default void forEachAggregate(IntConsumer action) {}

    private static List<Timed> keep(List<Timed> elements, java.util.function.Predicate<Timed> condition) {
        List<Timed> kept = new ArrayList<>(elements.size());
        for (Timed element : elements) {
            if (condition.test(element)) {
                kept.add(element);
            }
        }
        return kept;
    }

    /** Elements after now minus the window. */
    record Within(long window) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            long start = frame.now() - window;
            return keep(elements, element -> element.time() > start);
        }

        @Override
        public long stableUntil(List<Timed> all, Frame frame) {
            return nextCrossing(all, window, frame.now());
        }
    }

    /** Elements at or before now minus the age. */
    record Before(long age) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            long end = frame.now() - age;
            return keep(elements, element -> element.time() <= end);
        }

        @Override
        public long stableUntil(List<Timed> all, Frame frame) {
            return nextCrossing(all, age, frame.now());
        }
    }

    /** Returns the first instant after now at which an element reaches the given age. */
    private static long nextCrossing(List<Timed> all, long age, long now) {
        long next = CustomerState.NEVER;
        for (Timed element : all) {
            if (element.time() > now - age) {
                next = Math.min(next, element.time() + age);
            }
        }
        return next;
    }

    /** Elements later than the latest element of another stream. */
    record After(Anchor other) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            long latest = other.latestTime(frame);
            return keep(elements, element -> element.time() > latest);
        }

        @Override
        public long stableUntil(List<Timed> all, Frame frame) {
            return other.latestStableUntil(frame);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            other.forEachAggregate(action);
        }
    }

    /** The order of the elements of a stream and of those that it is related to. */
    interface Order {
        Succession of(Frame frame);
    }

    /**
     * The other stream of {@code follows} or {@code unanswered}.
     *
     * @param stream its number in the order
     * @param guards each holds while one of its conditions has no value for an element
     */
    record Other(Order order, int stream, List<Reading> guards) {
        Succession succession(Frame frame) {
            Guarded.check(guards, frame);
            return order.of(frame);
        }

        void forEachAggregate(IntConsumer action) {
            guards.forEach(guard -> guard.forEachAggregate(action));
        }
    }

    /** Elements with an element of another stream before them, at most the gap earlier. */
    record Following(Other other, long gap) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            boolean[] following = other.succession(frame).following(other.stream(), gap);
            return keep(elements, element -> following[element.place()]);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            other.forEachAggregate(action);
        }
    }

    /** Elements at or before now minus the gap that no element of another stream follows in less than the gap. */
    record Unanswered(Other other, long gap) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            boolean[] answered = other.succession(frame).answered(other.stream(), gap);
            long end = frame.now() - gap;
            return keep(elements, element -> element.time() <= end && !answered[element.place()]);
        }

        /** Once an element is answered, time alone changes nothing. */
        @Override
        public long stableUntil(List<Timed> all, Frame frame) {
            boolean[] answered = other.order().of(frame).answered(other.stream(), gap);
            return nextCrossing(keep(all, element -> !answered[element.place()]), gap, frame.now());
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            other.forEachAggregate(action);
        }
    }

    /** The latest {@code count} elements. */
    record Last(int count) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            return elements.subList(Math.max(0, elements.size() - count), elements.size());
        }
    }

    /**
     * Elements for which a condition holds.
     *
     * @param readings of the condition, such as those of the profile
     */
    record Matching(Node condition, int depth, List<Reading> readings) implements ListStep {
        @Override
        public List<Timed> apply(List<Timed> elements, Frame frame) {
            return keep(elements, element -> {
                frame.setElement(depth, element.value());
                return condition.test(frame);
            });
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            readings.forEach(reading -> reading.forEachAggregate(action));
        }
    }
}
