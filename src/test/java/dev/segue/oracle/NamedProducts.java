// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import dev.segue.event.Field;
import dev.segue.event.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as the language sees them: a product with a sku only has the sku as its product_id too. */
final class NamedProducts {
    private NamedProducts() {}

    static Event of(Event event) {
        return new Event(event.type(), event.customerId(), of(event.fields()));
    }

    private static Fields of(Fields record) {
        List<Field> fields = record.type().fields();
        Object[] values =
                fields.stream().map(field -> part(record.get(field.name()))).toArray();
        int id = record.type().slot("product_id");
        if (id >= 0 && isEmpty(values[id])) {
            Object sku = record.get("sku");
            values[id] = isEmpty(sku) ? values[id] : sku;
        }
        return new Fields(record.type(), values);
    }

    private static @Nullable Object part(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(NamedProducts::part).toList();
        }
        return value instanceof Fields fields ? of(fields) : value;
    }

    private static boolean isEmpty(@Nullable Object text) {
        return text == null || text.equals("");
    }
}
