// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.common.types.StructType;
import dev.segue.event.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Computes the cart by folding all its events from the beginning. */
final class CartFold {
    private final StructType type;
    private final List<Line> lines = new ArrayList<>();

    private CartFold(StructType type) {
        this.type = type;
    }

    /**
     * Identifies products and lines; empty if not named.
     *
     * @param product the {@code product_id}, else the {@code sku}
     */
    private record Key(String product, String variant, String sku) {
        static Key of(Map<String, Object> fields) {
            String sku = (String) fields.getOrDefault("sku", "");
            String id = (String) fields.getOrDefault("product_id", "");
            return new Key(id.equals("") ? sku : id, (String) fields.getOrDefault("variant", ""), sku);
        }

        boolean isOfLine(Key line) {
            boolean otherVariant = !variant.equals("") && !line.variant.equals("") && !variant.equals(line.variant);
            boolean otherSku = !sku.equals("") && !line.sku.equals("") && !sku.equals(line.sku);
            return product.equals(line.product) && !otherVariant && !otherSku;
        }
    }

    private static final class Line {
        private final Key key;
        private final Map<String, Object> details = new TreeMap<>();
        private BigDecimal quantity = BigDecimal.ZERO;
        private long changed;

        Line(Key key) {
            this.key = key;
        }

        Element element(StructType type) {
            Map<String, Object> fields = new TreeMap<>(details);
            fields.put("product_id", key.product());
            fields.keySet().removeAll(List.of("sku", "variant"));
            if (!key.sku().equals("")) {
                fields.put("sku", key.sku());
            }
            if (!key.variant().equals("")) {
                fields.put("variant", key.variant());
            }
            fields.put("quantity", quantity.doubleValue());
            fields.put("time", Instant.ofEpochMilli(changed));
            return new Element(type, fields);
        }
    }

    /** The lines in the order in which they were added, after events in order of (time, arrival). */
    static List<Element> lines(List<Event> events, Shapes shapes) {
        CartFold cart = new CartFold(shapes.streams().get("cart"));
        for (Event event : events) {
            cart.take(event, shapes);
        }
        return cart.lines.stream().map(line -> line.element(cart.type)).toList();
    }

    private void take(Event event, Shapes shapes) {
        String what = event.type().name();
        if (what.equals("order_completed")) {
            lines.clear();
            return;
        }
        if (!what.equals("product_added") && !what.equals("product_removed")) {
            return;
        }
        Map<String, Object> fields = shapes.set(event.fields());
        Key key = Key.of(fields);
        if (what.equals("product_added") && !key.product().equals("")) {
            add(key, fields, event.time());
        } else if (what.equals("product_removed") && !key.product().equals("")) {
            remove(key, quantity(fields), event.time());
        }
    }

    private void add(Key key, Map<String, Object> fields, long time) {
        Line line = lines.stream()
                .filter(known -> known.key.equals(key))
                .findFirst()
                .orElseGet(() -> new Line(key));
        if (!lines.contains(line)) {
            lines.add(line);
        }
        fields.forEach((name, value) -> {
            if (type.findField(name).isPresent()) {
                line.details.put(name, value);
            }
        });
        BigDecimal more = quantity(fields);
        line.quantity = line.quantity.add(more.signum() == 0 ? BigDecimal.ONE : more);
        line.changed = time;
    }

    private void remove(Key key, BigDecimal quantity, long time) {
        BigDecimal left = quantity;
        for (Line line : List.copyOf(lines)) {
            boolean all = quantity.signum() == 0;
            if (key.isOfLine(line.key) && (all || left.signum() > 0)) {
                BigDecimal taken = all ? line.quantity : left.min(line.quantity);
                line.quantity = line.quantity.subtract(taken);
                left = left.subtract(taken);
                line.changed = time;
            }
        }
        lines.removeIf(line -> line.quantity.signum() == 0);
    }

    /** To six decimals; 0 if it is unset or not above 0. */
    private static BigDecimal quantity(Map<String, Object> fields) {
        return fields.get("quantity") instanceof Double number && number > 0
                ? new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN)
                : BigDecimal.ZERO;
    }
}
