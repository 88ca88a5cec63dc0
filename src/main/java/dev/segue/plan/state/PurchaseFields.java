// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of an effective order, as an element of {@code purchase}. */
final class PurchaseFields extends LazyFields {
    private final Order order;
    private final @Nullable Double total;

    /** @param total net of refunds; null if it is unset */
    PurchaseFields(Order order, @Nullable Double total) {
        this.order = order;
        this.total = total;
    }

    @Override
    Collection<String> names() {
        Set<String> names = new LinkedHashSet<>(order.fields().keySet());
        names.addAll(List.of("time", "total"));
        return names;
    }

    @Override
    @Nullable
    Object field(String name) {
        return switch (name) {
            case "time" -> Instant.ofEpochMilli(order.time());
            case "total" -> total;
            default -> order.fields().get(name);
        };
    }
}
