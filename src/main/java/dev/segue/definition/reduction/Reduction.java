// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.value.Bucket;
import dev.segue.value.Millionths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of the language that turns the elements or values of a stream into one value. Each function is one class,
 * registered in {@link Reductions}: its syntax and types, how much of a stream must be kept for it, and its result. The
 * defaults are those of a function that needs every value.
 */
public abstract class Reduction {
    private final String name;

    Reduction(String name) {
        this.name = name;
    }

    /** Returns the function's name in the language. */
    public final String name() {
        return name;
    }

    /** Returns the call as written at the end of an expression. */
    public String call() {
        return name + "()";
    }

    /** Returns the types of the call; empty for a macro or if there is no call. */
    public List<Signature> signatures() {
        return List.of();
    }

    /** Returns the type of the call's constant argument; null if it takes none. */
    public @Nullable FieldType argument() {
        return null;
    }

    /** Returns whether the call takes a condition on an element, such as {@code exists(e, e.price > 10.0)}. */
    public boolean takesCondition() {
        return false;
    }

    /** Whether the call needs numbers. */
    public final boolean takesNumbers() {
        return !signatures().isEmpty()
                && signatures().stream()
                        .allMatch(signature ->
                                signature.values() == Scalar.DOUBLE || signature.values() == Scalar.INTEGER);
    }

    /** Returns whether the result is a number of elements or values. A comparison then limits how many must be kept. */
    public boolean isCount() {
        return false;
    }

    /**
     * Returns how many elements, from one end of the stream, determine the result; {@link Integer#MAX_VALUE} for all.
     */
    public int enough() {
        return Integer.MAX_VALUE;
    }

    /** Returns whether the elements that determine the result are the oldest, not the latest. */
    public boolean needsOldest() {
        return false;
    }

    /** Returns whether, of the elements that have reached an age, the oldest few determine the result. */
    public boolean oldestSuffice() {
        return needsOldest();
    }

    /** Returns whether one element for each value determines the result. */
    public boolean needsDistinctOnly() {
        return false;
    }

    /** Returns whether the number of all elements and the exact sum of their values determine the result. */
    public boolean fromTotal() {
        return false;
    }

    /** Returns whether the result does not depend on the order of the values. */
    public boolean ignoresOrder() {
        return false;
    }

    /**
     * Returns whether the result for no values is a meaningless default, such as an average of 0. A count of 0 is
     * correct.
     */
    public boolean hasDefault() {
        return staysAmongValues();
    }

    /** Returns whether the result always lies between the smallest and the largest value. */
    public boolean staysAmongValues() {
        return false;
    }

    /**
     * Returns the result for these values.
     *
     * @param values oldest first; for a condition, whether it holds for each element
     * @param zero the default of the result's type
     * @throws dev.segue.value.EvaluationException if there is no result
     */
    public abstract Object of(List<?> values, Object zero);

    /**
     * Returns the result for the sum of all values.
     *
     * @param count the number of elements
     * @param sum of their values; a condition that holds counts as 1
     * @throws IllegalStateException unless {@link #fromTotal}
     */
    public Object ofTotal(long count, Millionths sum, Object zero) {
        throw new IllegalStateException(name + " needs more than a total");
    }

    /**
     * Returns the approximate result for values of which some were merged.
     *
     * @param buckets oldest first, at least one
     */
    public Object ofBuckets(List<Bucket> buckets, Object zero) {
        if (!fromTotal()) {
            return of(Bucket.latestOfEach(buckets), zero);
        }
        Bucket all = Bucket.all(buckets);
        return ofTotal(all.count(), all.sum(), zero);
    }

    @Override
    public final String toString() {
        return name;
    }
}
