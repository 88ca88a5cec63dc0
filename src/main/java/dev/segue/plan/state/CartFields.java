// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a cart line. */
final class CartFields extends LazyFields {
    private static final List<String> OF_EACH = List.of("product_id", "sku", "variant", "quantity", "time");

    private final CartLine line;
    private final List<String> details;

    /** @param details names of the line's details */
    CartFields(CartLine line, List<String> details) {
        this.line = line;
        this.details = details;
    }

    @Override
    Collection<String> names() {
        List<String> names = new ArrayList<>(OF_EACH);
        names.addAll(details);
        return names;
    }

    @Override
    @Nullable
    Object field(String name) {
        return switch (name) {
            case "product_id" -> line.product().id();
            case "sku" -> named(line.product().sku());
            case "variant" -> named(line.product().variant());
            case "quantity" -> line.pieces();
            case "time" -> Instant.ofEpochMilli(line.time());
            default -> detail(name);
        };
    }

    private static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }

    private @Nullable Object detail(String name) {
        int index = details.indexOf(name);
        return index < 0 ? null : line.details().get(index);
    }
}
