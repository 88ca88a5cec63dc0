package dev.segue.oracle;

import dev.cel.common.types.StructType;
import dev.segue.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cart as the fold of all that was ever done to it, from the beginning. */
final class CartFold {
    private CartFold() {}

    /** The lines in the order in which they were begun, after events in order of (time, arrival). */
    static List<Element> lines(List<Event> events, Shapes shapes) {
        StructType type = shapes.streams().get("cart");
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Event event : events) {
            Map<String, Object> fields = shapes.set(event.fields());
            Object product = fields.getOrDefault("product_id", "");
            switch (event.type().name()) {
                case "order_completed" -> lines.clear();
                case "product_added" -> add(lines, product, fields, event.time(), type);
                case "product_removed" -> remove(lines, product, fields, event.time());
                default -> {}
            }
        }
        return lines.stream().map(line -> new Element(type, Map.copyOf(line))).toList();
    }

    private static void add(
            List<Map<String, Object>> lines, Object product, Map<String, Object> fields, long time, StructType type) {
        if (product.equals("")) {
            return;
        }
        double quantity = quantity(fields) == 0 ? 1 : quantity(fields);
        Map<String, Object> line = lines.stream()
                .filter(known -> known.get("product_id").equals(product))
                .findFirst()
                .orElse(null);
        if (line == null) {
            line = new TreeMap<>(Map.of("quantity", 0.0));
            lines.add(line);
        }
        double before = (Double) line.get("quantity");
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (type.findField(field.getKey()).isPresent()) {
                line.put(field.getKey(), field.getValue());
            }
        }
        line.put("quantity", before + quantity);
        line.put("time", Instant.ofEpochMilli(time));
    }

    private static void remove(List<Map<String, Object>> lines, Object product, Map<String, Object> fields, long time) {
        for (Map<String, Object> line : List.copyOf(lines)) {
            if (line.get("product_id").equals(product)) {
                double left = quantity(fields) == 0 ? 0 : (Double) line.get("quantity") - quantity(fields);
                line.put("quantity", left);
                line.put("time", Instant.ofEpochMilli(time));
                if (left <= 0) {
                    lines.removeIf(known -> known == line);
                }
            }
        }
    }

    /** The quantity where it is above 0; else 0. */
    private static double quantity(Map<String, Object> fields) {
        return fields.get("quantity") instanceof Double number && number > 0 ? number : 0;
    }
}
