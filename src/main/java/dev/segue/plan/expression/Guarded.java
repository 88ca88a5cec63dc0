// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A reading whose lambdas may have no value for some elements. As in CEL, the whole reading has no value while such an
 * element is visible. The aggregate contains only the other elements; a guard is a condition that holds while such an
 * element is visible.
 *
 * @param guards of the conditions that narrow the stream
 * @param last of the condition of {@code exists} or {@code all}, or of the projection
 * @param decided the value that a single element can give to {@code exists} or {@code all}, regardless of the others;
 *     null for other reductions
 */
record Guarded(
        Counting inner,
        List<Reading> guards,
        @Nullable Reading last,
        @Nullable Boolean decided) implements Counting {
    @Override
    public Object value(Frame frame) {
        check(guards, frame);
        Object value = inner.value(frame);
        if (!value.equals(decided)) {
            checkLast(frame);
        }
        return value;
    }

    @Override
    public long count(Frame frame) {
        check(guards, frame);
        checkLast(frame);
        return inner.count(frame);
    }

    private void checkLast(Frame frame) {
        if (last != null) {
            check(List.of(last), frame);
        }
    }

    static void check(List<Reading> guards, Frame frame) {
        for (int index = 0; index < guards.size(); index++) {
            if (guards.get(index).test(frame)) {
                throw new EvaluationException("no value for an element of the stream");
            }
        }
    }

    @Override
    public long stableUntil(Frame frame) {
        return Math.min(inner.stableUntil(frame), guardsStableUntil(frame));
    }

    @Override
    public Object field(Frame frame, FieldValue field) {
        check(guards, frame);
        checkLast(frame);
        return inner.field(frame, field);
    }

    @Override
    public long stableUntil(Frame frame, String field) {
        return Math.min(inner.stableUntil(frame, field), guardsStableUntil(frame));
    }

    @Override
    public long stableUntil(Frame frame, LongPredicate condition) {
        return Math.min(inner.stableUntil(frame, condition), guardsStableUntil(frame));
    }

    private long guardsStableUntil(Frame frame) {
        long until = last == null ? CustomerState.NEVER : last.stableUntil(frame);
        for (Reading guard : guards) {
            until = Math.min(until, guard.stableUntil(frame));
        }
        return until;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        inner.forEachAggregate(action);
        guards.forEach(guard -> guard.forEachAggregate(action));
        if (last != null) {
            last.forEachAggregate(action);
        }
    }

    @Override
    public Evidence evidence(Frame frame) {
        value(frame);
        return inner.evidence(frame);
    }

    /** Holds for an element for which another node has no value. */
    record Lacks(Node node) implements Node {
        @Override
        public Object value(Frame frame) {
            try {
                node.value(frame);
                return false;
            } catch (EvaluationException none) {
                return true;
            }
        }
    }

    /**
     * The stream that {@code after} compares with, when its conditions may have no value for some elements.
     *
     * @param guards each holds while an element without a value is visible
     */
    record OfAnchor(Anchor inner, List<Reading> guards) implements Anchor {
        @Override
        public long latestTime(Frame frame) {
            check(guards, frame);
            return inner.latestTime(frame);
        }

        @Override
        public long latestStableUntil(Frame frame) {
            long until = inner.latestStableUntil(frame);
            for (Reading guard : guards) {
                until = Math.min(until, guard.stableUntil(frame));
            }
            return until;
        }

        @Override
        public boolean isTimed() {
            return true;
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            inner.forEachAggregate(action);
            guards.forEach(guard -> guard.forEachAggregate(action));
        }
    }
}
