package dev.segue.oracle;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The orders that stand: those not cancelled and not wholly refunded. A refund without total that names no product is of
 * the whole order; one without total that names products is of their prices times quantities.
 */
final class StandingOrders {
    private StandingOrders() {}

    /** The elements of {@code purchase}, with totals net of refunds. */
    static List<Element> purchases(List<Event> history, Shapes shapes) {
        List<Element> purchases = new ArrayList<>();
        for (Event order : standing(history)) {
            Map<String, Object> values = new TreeMap<>(shapes.set(order.fields()));
            values.putAll(shapes.times(order));
            if (order.fields().get("total") instanceof BigDecimal total) {
                values.put("total", total.subtract(refunded(order, history)).doubleValue());
            }
            purchases.add(new Element(shapes.streams().get("purchase"), values));
        }
        return purchases;
    }

    /** The elements of {@code item_bought}: product lines without those that a refund names. */
    static List<Element> items(List<Event> history, Shapes shapes) {
        List<Element> items = new ArrayList<>();
        for (Event order : standing(history)) {
            List<Object> gone = new ArrayList<>();
            takenBack(order, history)
                    .forEach(back ->
                            products(back).forEach(product -> gone.add(String.valueOf(product.get("product_id")))));
            for (Fields product : products(order)) {
                if (product.get("product_id") == null || !gone.contains(product.get("product_id"))) {
                    items.add(item(order, product, shapes));
                }
            }
        }
        return items;
    }

    private static Element item(Event order, Fields product, Shapes shapes) {
        Map<String, Object> values = new TreeMap<>(shapes.set(product));
        values.putAll(shapes.times(order));
        for (String inherited : List.of("coupon", "channel")) {
            Object value = order.fields().get(inherited);
            if (value != null) {
                values.putIfAbsent(inherited, value); // A line's own goes first.
            }
        }
        if (product.get("launched_at") instanceof Instant launched) {
            Duration age = Duration.between(launched, Instant.ofEpochMilli(order.time()));
            values.put("age_days", age.toMillis() / 86_400_000.0);
        }
        return new Element(shapes.streams().get("item_bought"), values);
    }

    private static List<Event> standing(List<Event> history) {
        return history.stream()
                .filter(event -> event.type().name().equals("order_completed"))
                .filter(order -> stands(order, history))
                .toList();
    }

    private static boolean stands(Event order, List<Event> history) {
        List<Event> back = takenBack(order, history);
        boolean whole = back.stream().anyMatch(event -> amount(event) == null);
        BigDecimal total = order.fields().get("total") instanceof BigDecimal known ? known : BigDecimal.ZERO;
        return back.isEmpty() || (!whole && refunded(order, history).compareTo(total) < 0);
    }

    /** Whatever took back something of this order. */
    private static List<Event> takenBack(Event order, List<Event> history) {
        Object orderId = order.fields().get("order_id");
        return history.stream()
                .filter(event -> List.of("order_refunded", "order_cancelled")
                        .contains(event.type().name()))
                .filter(event -> orderId != null
                        && !orderId.equals("")
                        && orderId.equals(event.fields().get("order_id")))
                .toList();
    }

    private static BigDecimal refunded(Event order, List<Event> history) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Event back : takenBack(order, history)) {
            BigDecimal amount = amount(back);
            sum = sum.add(amount == null ? BigDecimal.ZERO : amount);
        }
        return sum;
    }

    /** What an event takes back; null for the whole order. */
    private static @Nullable BigDecimal amount(Event back) {
        if (back.type().name().equals("order_cancelled")) {
            return null;
        }
        if (back.fields().get("total") instanceof BigDecimal total) {
            return total;
        }
        boolean names = products(back).stream().anyMatch(product -> product.get("product_id") != null);
        BigDecimal sum = BigDecimal.ZERO;
        for (Fields product : products(back)) {
            double quantity = product.get("quantity") instanceof Double number && number > 0 ? number : 1;
            if (product.get("price") instanceof BigDecimal price) {
                sum = sum.add(new BigDecimal(price.doubleValue() * quantity).setScale(6, RoundingMode.HALF_EVEN));
            }
        }
        return names ? sum : null;
    }

    private static List<Fields> products(Event event) {
        List<Fields> products = new ArrayList<>();
        if (event.fields().get("products") instanceof List<?> list) {
            list.forEach(product -> products.add((Fields) product));
        }
        return products;
    }
}
