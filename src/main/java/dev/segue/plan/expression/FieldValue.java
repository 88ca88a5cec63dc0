// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field of an event, of a record, or of a stored element (a map by name); the type's zero if it is unset. */
record FieldValue(Node operand, int slot, String name, Object zero) implements Node {
    @Override
    public Object value(Frame frame) {
        Object value = raw(operand.value(frame), slot, name);
        return value == null ? zero : Values.readable(value);
    }

    @Override
    public long stableUntil(Frame frame) {
        return operand.stableUntil(frame);
    }

    /** Tests whether a field is set. */
    record IsSet(Node operand, int slot, String name) implements Node {
        @Override
        public Object value(Frame frame) {
            return raw(operand.value(frame), slot, name) != null;
        }

        @Override
        public long stableUntil(Frame frame) {
            return operand.stableUntil(frame);
        }
    }

    private static @Nullable Object raw(Object record, int slot, String name) {
        if (record instanceof Event event) {
            return event.fields().get(slot);
        }
        return record instanceof Fields fields ? fields.get(slot) : ((Map<?, ?>) record).get(name);
    }
}
