// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.value.EvaluationException;
import org.jspecify.annotations.Nullable;

/**
 * {@code left && right} and {@code left || right}. As in CEL, a deciding side decides even if the other side has no
 * value.
 *
 * @param dominant the value that decides by itself: false for {@code &&}, true for {@code ||}
 */
record Junction(Node left, Node right, boolean dominant) implements Node {
    static Node and(Node left, Node right) {
        return new Junction(left, right, false);
    }

    static Node or(Node left, Node right) {
        return new Junction(left, right, true);
    }

    @Override
    public Object value(Frame frame) {
        return test(frame);
    }

    @Override
    public boolean test(Frame frame) {
        try {
            if (left.test(frame) == dominant) {
                return dominant;
            }
        } catch (EvaluationException failure) {
            if (right.test(frame) == dominant) {
                return dominant;
            }
            throw failure;
        }
        return right.test(frame);
    }

    /** While one side decides, changes of the other do not matter; if both decide, both must change first. */
    @Override
    public long stableUntil(Frame frame) {
        boolean leftDecides = decides(left, frame);
        boolean rightDecides = decides(right, frame);
        if (leftDecides && rightDecides) {
            return Math.max(left.stableUntil(frame), right.stableUntil(frame));
        }
        if (leftDecides || rightDecides) {
            return (leftDecides ? left : right).stableUntil(frame);
        }
        return Math.min(left.stableUntil(frame), right.stableUntil(frame));
    }

    private boolean decides(Node side, Frame frame) {
        try {
            return side.test(frame) == dominant;
        } catch (EvaluationException failure) {
            return false;
        }
    }

    /** {@code !operand}. */
    record Not(Node operand) implements Node {
        @Override
        public Object value(Frame frame) {
            return !operand.test(frame);
        }

        @Override
        public long stableUntil(Frame frame) {
            return operand.stableUntil(frame);
        }

        @Override
        public @Nullable Settled settled() {
            Settled settled = operand.settled();
            return settled == null ? null : settled.negated();
        }

        @Override
        public boolean isSettled(Frame frame) {
            return operand.isSettled(frame);
        }
    }

    /** {@code condition ? then : otherwise}. */
    record Conditional(Node condition, Node then, Node otherwise) implements Node {
        @Override
        public Object value(Frame frame) {
            return (condition.test(frame) ? then : otherwise).value(frame);
        }

        @Override
        public long stableUntil(Frame frame) {
            return Math.min(
                    condition.stableUntil(frame), Math.min(then.stableUntil(frame), otherwise.stableUntil(frame)));
        }
    }
}
