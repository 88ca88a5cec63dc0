package dev.segue.plan;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A field of a record or event by its slot; where it is unset, its type's zero. */
record FieldValue(Node operand, int slot, Object zero) implements Node {
    @Override
    public Object value(Frame frame) {
        Object value = raw(operand.value(frame), slot);
        return value == null ? zero : readable(value);
    }

    @Override
    public long stableUntil(Frame frame) {
        return operand.stableUntil(frame);
    }

    /** Whether a field is set. */
    record IsSet(Node operand, int slot) implements Node {
        @Override
        public Object value(Frame frame) {
            return raw(operand.value(frame), slot) != null;
        }

        @Override
        public long stableUntil(Frame frame) {
            return operand.stableUntil(frame);
        }
    }

    private static @Nullable Object raw(Object record, int slot) {
        Fields fields = record instanceof Event event ? event.fields() : (Fields) record;
        return fields.get(slot);
    }

    /** Decimals are doubles to the language. */
    static Object readable(Object value) {
        return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
    }
}
