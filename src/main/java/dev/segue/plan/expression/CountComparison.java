// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.NavigableSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A count compared with a constant. Knowing the constant, it wakes only when the count crosses it: nobody is looked at
 * because the sixth of seven views grows old where three are asked for.
 */
public record CountComparison(Counting counting, Operator operator, long constant) implements Node {

    /** The comparison, with the count on the left. */
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

        /** Counting further than this cannot change the answer. */
        long bound(long constant) {
            long bound = this == LESS || this == AT_LEAST ? constant : constant + 1;
            return Math.max(1, bound);
        }

        /** The counts, from 1, whose being reached or left changes the answer. */
        public long[] crossings(long constant) {
            long[] counts = switch (this) {
                case LESS, AT_LEAST -> new long[] {constant};
                case AT_MOST, MORE -> new long[] {constant + 1};
                case EQUAL, DIFFERENT -> new long[] {constant, constant + 1};
            };
            return java.util.Arrays.stream(counts).filter(count -> count > 0).toArray();
        }

        /** The answer that a growing count cannot change any more; null where each may change. */
        @Nullable
        Boolean settledBy(long constant) {
            return switch (this) {
                case AT_LEAST, MORE -> Boolean.TRUE;
                case LESS, AT_MOST -> Boolean.FALSE;
                case EQUAL -> constant == 0 ? Boolean.FALSE : null;
                case DIFFERENT -> constant == 0 ? Boolean.TRUE : null;
            };
        }

        /** The same comparison with the sides exchanged. */
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
