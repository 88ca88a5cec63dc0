// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Operators;
import java.util.Map;
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

        private static final Map<String, Operator> BY_FUNCTION = Map.of(
                Operators.LESS, LESS,
                Operators.LESS_EQUALS, AT_MOST,
                Operators.EQUALS, EQUAL,
                Operators.NOT_EQUALS, DIFFERENT,
                Operators.GREATER_EQUALS, AT_LEAST,
                Operators.GREATER, MORE);

        /** Returns the operator with a name of {@link Operators}; null if it does not compare. */
        public static @Nullable Operator of(String function) {
            return BY_FUNCTION.get(function);
        }

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

        /** Returns the result of all counts that are large enough. */
        boolean ofMany() {
            return this == AT_LEAST || this == MORE || this == DIFFERENT;
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
        return restraints == null ? null : new Settled(operator.ofMany(), restraints);
    }

    /** A count that differs from the constant may still grow up to it. */
    @Override
    public boolean isSettled(Frame frame) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.DIFFERENT;
        return !equality || counting.count(frame) > constant;
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
