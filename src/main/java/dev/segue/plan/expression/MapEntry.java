// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code operand[key]}, or {@code operand.key} for a map. */
record MapEntry(Node operand, Node key) implements Node.Entry {
    @Override
    public Object value(Frame frame) {
        Object container = operand.value(frame);
        Object wanted = key.value(frame);
        if (container instanceof Map<?, ?> map) {
            Object value = map.get(wanted);
            if (value == null) {
                throw missing(wanted);
            }
            return Values.readable(value);
        }
        List<?> list = (List<?>) container;
        long index = (Long) wanted;
        if (index < 0 || index >= list.size()) {
            throw new EvaluationException("no element " + index + " in a list of " + list.size());
        }
        return Values.readable(list.get((int) index));
    }

    @Override
    public @Nullable Object find(Frame frame) {
        return ((Map<?, ?>) operand.value(frame)).get(key.value(frame));
    }

    static EvaluationException missing(Object key) {
        return new EvaluationException("no such key '" + key + "'");
    }

    @Override
    public long stableUntil(Frame frame) {
        return Math.min(operand.stableUntil(frame), key.stableUntil(frame));
    }

    /** Tests whether a map has an entry with that key. */
    record IsSet(Node operand, String key) implements Node {
        @Override
        public Object value(Frame frame) {
            return ((Map<?, ?>) operand.value(frame)).containsKey(key);
        }
    }

    /** An entry of a map of mixed values, read as one class; the type's zero if it is missing or of another class. */
    record Typed(Node.Entry entry, Class<?> type, Object zero) implements Node {
        static Typed of(Node.Entry entry, FieldType.Scalar type) {
            Class<?> known = switch (type) {
                case STRING -> String.class;
                case DOUBLE -> Double.class;
                case BOOLEAN -> Boolean.class;
                default -> throw new IllegalArgumentException("no attribute is a " + type.describe());
            };
            return new Typed(entry, known, Fields.zero(type));
        }

        @Override
        public Object value(Frame frame) {
            Object value = entry.find(frame);
            return type.isInstance(value) ? value : zero;
        }

        boolean isPresent(Frame frame) {
            return type.isInstance(entry.find(frame));
        }

        @Override
        public long stableUntil(Frame frame) {
            return entry.stableUntil(frame);
        }
    }

    /** Tests whether an entry is present and of its class. */
    record IsOfType(Typed entry) implements Node {
        @Override
        public Object value(Frame frame) {
            return entry.isPresent(frame);
        }

        @Override
        public long stableUntil(Frame frame) {
            return entry.stableUntil(frame);
        }
    }

    /** A comparison that is false if the entry is missing or of another class. */
    record Test(Typed entry, Node comparison) implements Node {
        @Override
        public Object value(Frame frame) {
            return entry.isPresent(frame) && comparison.test(frame);
        }

        @Override
        public long stableUntil(Frame frame) {
            return comparison.stableUntil(frame);
        }
    }
}
