package dev.segue.definition.reduction;

import dev.segue.event.FieldType;
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

    static Signature ofAny(FieldType result) {
        return new Signature(null, result, false);
    }

    static Signature of(FieldType values, FieldType result) {
        return new Signature(values, result, false);
    }
}
