// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types of one overload of a function on a list.
 *
 * @param values type of the list's elements; null for any
 * @param result null for the type of the elements
 * @param list whether the result is a list of that type
 */
public record Signature(
        @Nullable FieldType values, @Nullable FieldType result, boolean list) {
    static final Signature ELEMENT = new Signature(null, null, false);

    static final Signature LIST = new Signature(null, null, true);

    /** Of whole numbers a whole number, of doubles a double. */
    static final List<Signature> NUMBER = List.of(of(Scalar.DOUBLE, Scalar.DOUBLE), of(Scalar.INTEGER, Scalar.INTEGER));

    /** Of numbers a double. */
    static final List<Signature> NUMBER_TO_DOUBLE =
            List.of(of(Scalar.DOUBLE, Scalar.DOUBLE), of(Scalar.INTEGER, Scalar.DOUBLE));

    static Signature ofAny(FieldType result) {
        return new Signature(null, result, false);
    }

    static Signature of(FieldType values, FieldType result) {
        return new Signature(values, result, false);
    }
}
