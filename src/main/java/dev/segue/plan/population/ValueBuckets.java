// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.value.EvaluationException;
import java.time.Duration;
import java.time.Instant;

/**
 * The buckets by which values are counted and compared. Whole numbers below 1,024, of either sign, have a bucket each;
 * other numbers share one with those up to half a percent larger, and points in time with those of the same hour.
 * Values in ascending order have buckets in ascending order. Logarithms are those of {@link StrictMath}, because all
 * machines must agree.
 */
public enum ValueBuckets {
    /** Whole numbers: a Long. */
    WHOLE {
        @Override
        public int of(Object value) {
            long number = (Long) value;
            return Math.abs(number) < EXACT && number != Long.MIN_VALUE
                    ? (int) number
                    : sign(number) * (EXACT + steps(Math.abs((double) number) / EXACT));
        }

        @Override
        public Object lowest(int bucket) {
            long size = Math.abs((long) bucket);
            return bucket < 0 ? 1 - least(size + 1) : least(size);
        }

        private long least(long size) {
            return size <= EXACT ? size : (long) Math.ceil(EXACT * power((int) (size - EXACT)));
        }
    },
    /** Numbers with a point: a Double. */
    DECIMAL {
        @Override
        public int of(Object value) {
            double number = (Double) value;
            if (!Double.isFinite(number)) {
                throw new EvaluationException(number + " cannot be compared with other customers");
            }
            return number == 0 ? 0 : (number < 0 ? -1 : 1) * (MIDDLE + steps(Math.abs(number)));
        }

        @Override
        public Object lowest(int bucket) {
            return bucket == 0
                    ? (Object) 0.0
                    : bucket > 0
                            ? Math.max(Double.MIN_VALUE, power(bucket - MIDDLE))
                            : (Object) (-power(-bucket - MIDDLE + 1));
        }
    },
    /** Points in time: an Instant. */
    TIME {
        @Override
        public int of(Object value) {
            return (int) Math.floorDiv(((Instant) value).getEpochSecond(), HOUR_SECONDS);
        }

        @Override
        public Object lowest(int bucket) {
            return Instant.ofEpochSecond(bucket * HOUR_SECONDS);
        }
    },
    /** Lengths of time: a Duration, by its milliseconds. */
    LENGTH {
        @Override
        public int of(Object value) {
            return WHOLE.of(((Duration) value).toMillis());
        }

        @Override
        public Object lowest(int bucket) {
            return Duration.ofMillis((Long) WHOLE.lowest(bucket));
        }
    };

    /** The bucket of a value that is not counted. */
    public static final int NONE = Integer.MIN_VALUE;

    private static final int EXACT = 1024;
    private static final long HOUR_SECONDS = 3600;
    /** More than the number of steps from 1 to the smallest double. */
    private static final int MIDDLE = 150_000;

    private static final double WIDTH = StrictMath.log(1.005);

    /**
     * Returns the bucket of a value.
     *
     * @throws EvaluationException if the value is not a finite number
     */
    public abstract int of(Object value);

    /** Returns the lowest value of a bucket. */
    public abstract Object lowest(int bucket);

    /** Returns whether a value is zero, so that its customer is by default not among those compared. */
    public boolean isZero(Object value) {
        return switch (this) {
            case WHOLE -> (Long) value == 0;
            case DECIMAL -> (Double) value == 0;
            case TIME -> value.equals(Instant.EPOCH);
            case LENGTH -> ((Duration) value).isZero();
        };
    }

    /**
     * Returns the buckets for values of a type.
     *
     * @throws IllegalArgumentException if values of this type cannot be compared
     */
    public static ValueBuckets of(FieldType type) {
        if (!(type instanceof Scalar scalar)) {
            throw notCounted(type);
        }
        return switch (scalar) {
            case INTEGER -> WHOLE;
            case DOUBLE, DECIMAL -> DECIMAL;
            case TIMESTAMP -> TIME;
            case DURATION -> LENGTH;
            case BOOLEAN, STRING, MIXED -> throw notCounted(type);
        };
    }

    private static IllegalArgumentException notCounted(FieldType type) {
        return new IllegalArgumentException("values of the type " + type.describe() + " are not counted");
    }

    private static int sign(long number) {
        return number < 0 ? -1 : 1;
    }

    private static int steps(double number) {
        return (int) Math.floor(StrictMath.log(number) / WIDTH);
    }

    private static double power(int steps) {
        return Math.min(Double.MAX_VALUE, StrictMath.exp(steps * WIDTH));
    }
}
