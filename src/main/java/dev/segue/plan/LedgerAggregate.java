package dev.segue.plan;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The orders and what was taken back of them. A refund without total and products takes back the whole order; one with
 * products but no total takes back their price times quantity.
 *
 * @param window orders older than this are needed no more, in milliseconds; {@link Retention#FOREVER} for all
 * @param orderFields fields of the order that definitions ask for
 * @param itemFields fields of product lines that definitions ask for; null where none asks about product lines
 * @param asked what definitions ask of the orders
 */
record LedgerAggregate(
        int id,
        long window,
        List<String> orderFields,
        @Nullable List<String> itemFields,
        Zones zones,
        List<OrderElements> asked)
        implements Aggregate {
    private static final String ORDERED = "order_completed";
    private static final String REFUNDED = "order_refunded";
    private static final String CANCELLED = "order_cancelled";
    private static final double MILLIS_A_DAY = 86_400_000.0;

    @Override
    public Set<String> eventTypes() {
        return Set.of(ORDERED, REFUNDED, CANCELLED);
    }

    @Override
    public List<Node> filters() {
        return List.of();
    }

    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        Event event = (Event) frame.element(0);
        String orderId = event.fields().get("order_id") instanceof String id ? id : "";
        if (!event.type().name().equals(ORDERED) && orderId.isEmpty()) {
            return false;
        }
        Ledger ledger;
        if (states.find(id) instanceof Ledger known) {
            ledger = known;
        } else {
            ledger = new Ledger();
            states.put(id, ledger);
        }
        boolean full = switch (event.type().name()) {
            case ORDERED ->
                ledger.add(
                        order(event, orderId), window == Retention.FOREVER ? Long.MIN_VALUE : now - window, now, asked);
            case REFUNDED -> ledger.add(refund(event, orderId));
            default -> ledger.add(new Ledger.Refund(orderId, Ledger.Refund.WHOLE, List.of()));
        };
        if (full) {
            frame.reached(Limit.ORDERS);
        }
        return true;
    }

    private Ledger.Order order(Event event, String orderId) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (itemFields != null) {
            for (Fields product : products(event)) {
                items.add(item(event, product));
            }
        }
        return new Ledger.Order(event.time(), orderId, millionths(event.fields().get("total")), kept(event), items);
    }

    private Map<String, Object> kept(Event event) {
        return KeptElement.keep(event, orderFields, zones);
    }

    private Map<String, Object> item(Event event, Fields product) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (itemFields == null) {
            return item;
        }
        Map<String, Object> ofOrder = KeptElement.keep(event, itemFields, zones);
        for (String name : itemFields) {
            Object own = product.get(name);
            Object value = own == null ? fromOrder(name, ofOrder, event, product) : KeptElement.plain(own);
            if (value != null) {
                item.put(name, value);
            }
        }
        return item;
    }

    private static @Nullable Object fromOrder(String name, Map<String, Object> ofOrder, Event event, Fields product) {
        if (name.equals("age_days")) {
            return product.get("launched_at") instanceof Instant launched
                    ? Duration.between(launched, Instant.ofEpochMilli(event.time()))
                                    .toMillis()
                            / MILLIS_A_DAY
                    : null;
        }
        boolean inherited =
                Set.of("coupon", "channel", "time", "hour", "weekday", "day").contains(name);
        return inherited ? ofOrder.get(name) : null;
    }

    private static Ledger.Refund refund(Event event, String orderId) {
        List<String> products = new ArrayList<>();
        long ofProducts = 0;
        for (Fields product : products(event)) {
            if (product.get("product_id") instanceof String id) {
                products.add(id);
            }
            double quantity = product.get("quantity") instanceof Double number && number > 0 ? number : 1;
            ofProducts += product.get("price") instanceof BigDecimal price
                    ? Millionths.round(price.doubleValue() * quantity)
                    : 0;
        }
        Object total = event.fields().get("total");
        long amount = total != null ? millionths(total) : products.isEmpty() ? Ledger.Refund.WHOLE : ofProducts;
        return new Ledger.Refund(orderId, amount, products);
    }

    private static List<Fields> products(Event event) {
        List<Fields> products = new ArrayList<>();
        if (event.fields().get("products") instanceof List<?> list) {
            list.forEach(element -> products.add((Fields) element));
        }
        return products;
    }

    private static long millionths(@Nullable Object money) {
        return money instanceof BigDecimal decimal
                ? Millionths.ZERO.plus(decimal.doubleValue()).units()
                : 0;
    }
}
