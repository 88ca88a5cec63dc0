// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives every product a {@code product_id}: an event or product line that has only a {@code sku} gets the sku as its
 * {@code product_id}, so that definitions can use one key.
 */
final class ProductIds {
    private static final String ID = "product_id";
    private static final String SKU = "sku";

    private ProductIds() {}

    /** Returns the completed event; the same event if nothing changes. */
    static Event completed(Event event) {
        Fields completed = completed(event.fields());
        return completed == null ? event : new Event(event.type(), event.customerId(), completed);
    }

    /** Returns null if nothing changes. */
    private static @Nullable Fields completed(Fields fields) {
        RecordType type = fields.type();
        @Nullable Object[] changed = null;
        int id = type.slot(ID);
        if (id >= 0 && !isNamed(fields.get(id)) && isNamed(fields.get(SKU))) {
            changed = copy(fields);
            changed[id] = fields.get(SKU);
        }
        for (int slot : type.recordLists()) {
            if (fields.get(slot) instanceof List<?> lines) {
                List<?> completed = completed(lines);
                if (completed != null) {
                    changed = changed == null ? copy(fields) : changed;
                    changed[slot] = completed;
                }
            }
        }
        return changed == null ? null : new Fields(type, changed);
    }

    private static @Nullable List<?> completed(List<?> lines) {
        List<Object> completed = null;
        for (int index = 0; index < lines.size(); index++) {
            Fields next = lines.get(index) instanceof Fields fields ? completed(fields) : null;
            if (next != null) {
                completed = completed == null ? new ArrayList<>(lines) : completed;
                completed.set(index, next);
            }
        }
        return completed;
    }

    private static boolean isNamed(@Nullable Object name) {
        return name instanceof String text && !text.isEmpty();
    }

    private static @Nullable Object[] copy(Fields fields) {
        @Nullable Object[] values = new Object[fields.type().fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = fields.get(slot);
        }
        return values;
    }
}
