// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Variable;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * The variable of a lambda over {@code by_product} and the like: a key with its streams.
 *
 * @param element the key and the streams
 */
record KeyVariable(Variable variable, RecordType element) {
    /** Returns null for any other variable. */
    static @Nullable KeyVariable of(@Nullable Variable variable, Streams streams) {
        return variable != null
                        && variable.type() instanceof FieldType.Nested nested
                        && streams.byKey().containsValue(nested.record())
                ? new KeyVariable(variable, nested.record())
                : null;
    }

    /** Returns the elements of a stream; null if it has no such stream. */
    FieldType.@Nullable Listing stream(String name) {
        int slot = element.slot(name);
        return slot >= 0 && element.fields().get(slot).type() instanceof FieldType.Listing stream ? stream : null;
    }

    /** Says what to write instead of the variable alone. */
    String notAlone() {
        String name = variable.name();
        return "'" + name + "' is a key with its streams, not a value. Read " + name + "." + Streams.KEY
                + ", or one of the streams, such as " + name + "."
                + element.fields().get(1).name() + ".count().";
    }

    /** Says why a field cannot be read inside the condition of a stream. */
    String notInside(String field) {
        String read = "'" + variable.name() + "." + field + "' cannot be used inside the condition of a stream, ";
        return field.equals(Streams.KEY)
                ? read + "whose elements have the key as a field of their own."
                : read + "which sees only its own element. Test it outside and join the two with &&.";
    }
}
