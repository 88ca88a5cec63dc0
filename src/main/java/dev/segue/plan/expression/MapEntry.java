// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.List;
import java.util.Map;

/** {@code operand[key]}, or {@code operand.key} for a map. */
record MapEntry(Node operand, Node key) implements Node {
    @Override
    public Object value(Frame frame) {
        Object container = operand.value(frame);
        Object wanted = key.value(frame);
        if (container instanceof Map<?, ?> map) {
            Object value = map.get(wanted);
            if (value == null) {
                throw new EvaluationException("no such key '" + wanted + "'");
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
}
