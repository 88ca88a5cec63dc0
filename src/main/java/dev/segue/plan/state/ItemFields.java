// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a product line of an effective order, as an element of {@code item_bought}. */
final class ItemFields extends LazyFields {
    private static final double MILLIS_A_DAY = 86_400_000.0;

    /** Fields that a line inherits from its order if it has no value of its own. */
    private static final Set<String> INHERITED = Set.of("coupon", "channel", "order_id", "hour", "weekday", "day");

    private final Order order;
    private final OrderLine line;
    private final long quantity;

    /** @param quantity that was not refunded, in millionths of a piece */
    ItemFields(Order order, OrderLine line, long quantity) {
        this.order = order;
        this.line = line;
        this.quantity = quantity;
    }

    @Override
    Collection<String> names() {
        Set<String> names = new LinkedHashSet<>(line.fields().keySet());
        names.addAll(List.of("quantity", "time"));
        order.fields().keySet().stream().filter(INHERITED::contains).forEach(names::add);
        names.add("age_days");
        return names;
    }

    @Override
    @Nullable
    Object field(String name) {
        if (name.equals("quantity")) {
            return Millionths.toDouble(quantity);
        }
        Object own = line.fields().get(name);
        if (own != null) {
            return own;
        }
        return switch (name) {
            case "time" -> time();
            case "age_days" -> ageInDays();
            default -> INHERITED.contains(name) ? order.fields().get(name) : null;
        };
    }

    private Instant time() {
        return Instant.ofEpochMilli(order.time());
    }

    private @Nullable Double ageInDays() {
        return line.fields().get("launched_at") instanceof Instant launched
                ? Duration.between(launched, time()).toMillis() / MILLIS_A_DAY
                : null;
    }
}
