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
 * registered in {@link Reductions}: it states how it is written and typed, how much of a stream must be remembered for
 * it, and what it returns. The defaults hold for a function that needs every value.
 */
public abstract class Reduction {
    private final String name;

    Reduction(String name) {
        this.name = name;
    }

    /** The function's name in the language. */
    public final String name() {
        return name;
    }

    /** How the call is written at the end of an expression. */
    public String call() {
        return name + "()";
    }

    /** How the call is typed; empty for a macro or where there is no call. */
    public List<Signature> signatures() {
        return List.of();
    }

    /** The type of the call's constant argument; null where it takes none. */
    public @Nullable FieldType argument() {
        return null;
    }

    /** Whether the call takes a condition on an element, such as {@code exists(e, e.price > 10.0)}. */
    public boolean takesCondition() {
        return false;
    }

    /** Whether the call works on elements, and not on values that {@code map} takes of them. */
    public boolean takesElements() {
        return takesCondition();
    }

    /** Whether the call needs numbers. */
    public final boolean takesNumbers() {
        return !signatures().isEmpty()
                && signatures().stream()
                        .allMatch(signature -> signature.values() == Scalar.DOUBLE || signature.values() == Scalar.INTEGER);
    }

    /** Whether the result is a number of elements or values. A comparison then limits how many are remembered. */
    public boolean isCount() {
        return false;
    }

    /** How many elements, from one end of the stream, determine the result; {@link Integer#MAX_VALUE} for all. */
    public int enough() {
        return Integer.MAX_VALUE;
    }

    /** Whether the elements that determine the result are the oldest, not the latest. */
    public boolean needsOldest() {
        return false;
    }

    /** Whether of elements that must have reached an age the oldest few determine the result. */
    public boolean oldestSuffice() {
        return needsOldest();
    }

    /** Whether one element for each value determines the result. */
    public boolean needsDistinctOnly() {
        return false;
    }

    /** Whether the number of all elements and the exact sum of their values determine the result. */
    public boolean fromTotal() {
        return false;
    }

    /** Whether the result is the same for any order of the values. */
    public boolean ignoresOrder() {
        return false;
    }

    /** Whether the result for no values is a default that says nothing, as an average of 0; a count of 0 is true. */
    public boolean hasDefault() {
        return false;
    }

    /** Whether the result of any values lies between the smallest and the largest of them. */
    public boolean staysAmongValues() {
        return false;
    }

    /**
     * The result for these values.
     *
     * @param values oldest first; of a condition, whether it holds for each element
     * @param zero the default of the result's type
     * @throws dev.segue.value.EvaluationException where there is no result
     */
    public abstract Object of(List<?> values, Object zero);

    /**
     * The result for the sum of all values.
     *
     * @param count the number of elements
     * @param sum of their values; a condition that holds counts as 1
     * @throws IllegalStateException unless {@link #fromTotal}
     */
    public Object ofTotal(long count, Millionths sum, Object zero) {
        throw new IllegalStateException(name + " needs more than a total");
    }

    /**
     * The approximate result for values of which some were put together.
     *
     * @param buckets oldest first, at least one
     */
    public Object ofBuckets(List<Bucket> buckets, Object zero) {
        return of(Bucket.latestOfEach(buckets), zero);
    }

    @Override
    public final String toString() {
        return name;
    }
}
