// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a cart line by name, read from the line itself: counts need no fields, and most other readings need one
 * or two. Only a line that is used as a whole is copied into a map. Unset fields are absent.
 */
final class CartFields extends AbstractMap<String, Object> {
    private final CartLine line;
    private final List<String> names;

    /** @param names of the line's details */
    CartFields(CartLine line, List<String> names) {
        this.line = line;
        this.names = names;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return null;
        }
        return switch (text) {
            case "product_id" -> line.product().id();
            case "sku" -> named(line.product().sku());
            case "variant" -> named(line.product().variant());
            case "quantity" -> line.pieces();
            case "time" -> Instant.ofEpochMilli(line.time());
            default -> detail(text);
        };
    }

    private static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }

    private @Nullable Object detail(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : line.details().get(index);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        List.of("product_id", "sku", "variant", "quantity", "time").forEach(name -> put(name, all));
        names.forEach(name -> put(name, all));
        return all.entrySet();
    }

    private void put(String name, Map<String, Object> all) {
        Object value = get(name);
        if (value != null) {
            all.put(name, value);
        }
    }
}
