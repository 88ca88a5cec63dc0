// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.NavigableSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A count compared with a constant. It wakes only when the count crosses the constant: if three views are required, a
 * customer with seven is not evaluated when the first of them expires.
 */
public record CountComparison(Counting counting, Operator operator, long constant) implements Node {

    /** The comparison operator, with the count on the left. */
    public enum Operator {
        LESS,
        AT_MOST,
        EQUAL,
        DIFFERENT,
        AT_LEAST,
        MORE;

        boolean test(long count, long constant) {
            return switch (this) {
                case LESS -> count < constant;
                case AT_MOST -> count <= constant;
                case EQUAL -> count == constant;
                case DIFFERENT -> count != constant;
                case AT_LEAST -> count >= constant;
                case MORE -> count > constant;
            };
        }

        /** Returns the count beyond which the result cannot change. */
        long bound(long constant) {
            long bound = this == LESS || this == AT_LEAST ? constant : constant + 1;
            return Math.max(1, bound);
        }

        /** Returns the counts, from 1, at which the result changes. */
        public long[] crossings(long constant) {
            long[] counts = switch (this) {
                case LESS, AT_LEAST -> new long[] {constant};
                case AT_MOST, MORE -> new long[] {constant + 1};
                case EQUAL, DIFFERENT -> new long[] {constant, constant + 1};
            };
            return java.util.Arrays.stream(counts).filter(count -> count > 0).toArray();
        }

        /** Returns the result that a growing count can no longer change; null if there is none. */
        @Nullable
        Boolean settledBy(long constant) {
            return switch (this) {
                case AT_LEAST, MORE -> Boolean.TRUE;
                case LESS, AT_MOST -> Boolean.FALSE;
                case EQUAL -> constant == 0 ? Boolean.FALSE : null;
                case DIFFERENT -> constant == 0 ? Boolean.TRUE : null;
            };
        }

        /** Returns the comparison with the sides exchanged. */
        public Operator mirrored() {
            return switch (this) {
                case LESS -> MORE;
                case AT_MOST -> AT_LEAST;
                case AT_LEAST -> AT_MOST;
                case MORE -> LESS;
                case EQUAL, DIFFERENT -> this;
            };
        }
    }

    @Override
    public @Nullable Settled settled() {
        NavigableSet<Integer> restraints = counting.restraints();
        Boolean value = operator.settledBy(constant);
        return restraints == null || value == null ? null : new Settled(value, restraints);
    }

    @Override
    public Object value(Frame frame) {
        return test(frame);
    }

    @Override
    public boolean test(Frame frame) {
        return operator.test(counting.count(frame), constant);
    }

    @Override
    public long stableUntil(Frame frame) {
        LongPredicate condition = count -> operator.test(count, constant);
        return counting.stableUntil(frame, condition);
    }
}
