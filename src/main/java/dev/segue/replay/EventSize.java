// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates the heap that an event takes; rather too high than too low. */
final class EventSize {
    private static final long OBJECT = 24;
    private static final long REFERENCE = 8;
    private static final long TEXT = 56;

    private EventSize() {}

    static long bytes(Event event) {
        return 2 * OBJECT + 4 * REFERENCE + bytes(event.customerId()) + bytes(event.fields());
    }

    private static long bytes(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof CharSequence text) {
            return TEXT + 2L * text.length();
        }
        if (value instanceof BigDecimal) {
            return 2 * OBJECT + TEXT;
        }
        if (value instanceof Fields fields) {
            long size = 2 * OBJECT;
            int slots = fields.type().fields().size();
            for (int slot = 0; slot < slots; slot++) {
                size += REFERENCE + bytes(fields.get(slot));
            }
            return size;
        }
        if (value instanceof Iterable<?> elements) {
            long size = 3 * OBJECT;
            for (Object element : elements) {
                size += 2 * REFERENCE + bytes(element);
            }
            return size;
        }
        if (value instanceof Map<?, ?> map) {
            long size = 4 * OBJECT;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += 3 * OBJECT + bytes(entry.getKey()) + bytes(entry.getValue());
            }
            return size;
        }
        return OBJECT;
    }
}
