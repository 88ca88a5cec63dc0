// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Streams;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.plan.state.Order;
import dev.segue.plan.state.OrderLine;
import dev.segue.plan.state.Product;
import dev.segue.plan.state.Refund;
import dev.segue.plan.state.Zones;
import dev.segue.value.Millionths;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Extracts from events about orders what definitions read and what a later refund needs. */
public final class OrderReader {
    /** Fields that identify the lines that a refund names, and give their price. */
    private static final List<String> FOR_REFUNDS = List.of("product_id", "sku", "variant", "price");

    /** Fields that are stored separately from the others. */
    private static final Set<String> NOT_OF_ORDER = Set.of("total", "time");

    private static final Set<String> OF_ORDER = Set.of("coupon", "channel", "order_id", "hour", "weekday", "day");

    private final List<String> orderFields;
    private final List<String> lineFields;
    private final List<String> identifiedLineFields;
    private final boolean linesAreRead;
    private final Zones zones;

    /**
     * @param orderFields fields of the order that definitions read
     * @param itemFields fields of {@code item_bought} that definitions read; null if no definition reads it
     */
    OrderReader(Set<String> orderFields, @Nullable Set<String> itemFields, Zones zones) {
        Set<String> ofOrder = new TreeSet<>(orderFields);
        Set<String> ofLines = new TreeSet<>();
        if (itemFields != null) {
            ofLines.addAll(itemFields);
            itemFields.stream().filter(OF_ORDER::contains).forEach(ofOrder::add);
        }
        ofOrder.removeAll(NOT_OF_ORDER);
        ofLines.remove("quantity");
        if (ofLines.contains("age_days")) {
            ofLines.add("launched_at");
        }
        this.orderFields = List.copyOf(ofOrder);
        this.lineFields = List.copyOf(ofLines);
        ofLines.addAll(FOR_REFUNDS);
        this.identifiedLineFields = List.copyOf(ofLines);
        this.linesAreRead = itemFields != null;
        this.zones = zones;
    }

    /**
     * Returns the stored fields of an order with an id, without the id and the total; fields of its lines as {@code
     * products.price}.
     */
    public List<String> kept() {
        List<String> kept = new ArrayList<>(orderFields);
        identifiedLineFields.forEach(field -> kept.add("products." + field));
        kept.add("products.quantity");
        return List.copyOf(kept);
    }

    /** Returns what is stored of every order, also of those without an id. */
    Set<String> always() {
        Set<String> always = new TreeSet<>(orderFields);
        if (linesAreRead) {
            always.add(Streams.ITEM_BOUGHT);
        }
        lineFields.forEach(field -> always.add(Streams.ITEM_BOUGHT + '.' + field));
        return always;
    }

    /** Returns the id of an event's order; empty if it has none. */
    static String orderId(Event event) {
        return event.fields().get("order_id") instanceof String id ? id : "";
    }

    /** Returns the order that an event announces. */
    Order order(Event event) {
        String orderId = orderId(event);
        List<OrderLine> lines = new ArrayList<>();
        List<String> kept = orderId.isEmpty() ? lineFields : identifiedLineFields;
        Object total = event.fields().get("total");
        @Nullable Millionths sum = null;
        for (Fields product : products(event)) {
            long units = Millionths.ofQuantity(product.get("quantity"));
            long quantity = units == 0 ? OrderLine.ONE_PIECE : units;
            Object price = product.get("price");
            if (price != null) {
                Millionths worth = Millionths.of(price).times(quantity);
                sum = sum == null ? worth : sum.plus(worth);
            }
            lines.add(new OrderLine(fields(product, kept), quantity));
        }
        boolean needed = linesAreRead || !orderId.isEmpty();
        return new Order(
                event.time(),
                orderId,
                event.time(),
                total == null ? sum : Millionths.of(total),
                KeptElement.keep(event, orderFields, zones),
                needed ? List.copyOf(lines) : List.of());
    }

    private static Map<String, Object> fields(Fields product, List<String> names) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : names) {
            Object value = product.get(name);
            if (value != null) {
                fields.put(name, Values.plain(value));
            }
        }
        return fields;
    }

    /**
     * Returns a partial refund; null if the event has neither products nor a total, which means a refund of the whole
     * order.
     */
    @Nullable
    Refund refund(Event event) {
        List<Fields> products = products(event);
        Object total = event.fields().get("total");
        if (products.isEmpty() && total == null) {
            return null;
        }
        List<Refund.Returned> returned = new ArrayList<>();
        for (Fields product : products) {
            Product named = Product.of(product);
            if (named != null) {
                returned.add(returned(named, product));
            }
        }
        return new Refund(
                event.time(), orderId(event), total == null ? null : Millionths.of(total), List.copyOf(returned));
    }

    private static Refund.Returned returned(Product named, Fields product) {
        Object price = product.get("price");
        return new Refund.Returned(
                named, Millionths.ofQuantity(product.get("quantity")), price == null ? null : Millionths.of(price));
    }

    /** Returns the product lines of an order or refund, in the order sent. */
    public static List<Fields> products(Event event) {
        List<Fields> products = new ArrayList<>();
        if (event.fields().get("products") instanceof List<?> list) {
            list.forEach(element -> products.add((Fields) element));
        }
        return products;
    }
}
