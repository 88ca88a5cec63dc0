package dev.segue.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer's orders with what was taken back of them, and so the orders that stand. */
public final class Ledger extends AggregateState {
    /** So many orders, and so many refunds, are kept; of more, the latest. */
    static final int CAP = 512;

    private static final long NOTHING = Long.MIN_VALUE;

    private final List<Order> orders;
    private final List<Refund> refunds;
    private boolean clipped;
    private @Nullable List<Kept> purchases;
    private @Nullable List<Kept> items;
    /** What is asked of them, as long as the customer is in memory. */
    private final IdentityHashMap<OrderCounts, AggregateStates> counts = new IdentityHashMap<>();

    Ledger() {
        this(List.of(), List.of(), false);
    }

    /**
     * @param orders in order of (time, arrival)
     * @param refunds in order of arrival
     * @param clipped whether the cap has ever dropped an order
     */
    public Ledger(List<Order> orders, List<Refund> refunds, boolean clipped) {
        this.orders = new ArrayList<>(orders);
        this.refunds = new ArrayList<>(refunds);
        this.clipped = clipped;
    }

    /**
     * One order.
     *
     * @param time milliseconds since the epoch
     * @param orderId empty where it has none, and then nothing can be taken back of it
     * @param total in millionths
     * @param fields of the order that definitions ask for, by name
     * @param items of each product line the fields that definitions ask for, by name
     */
    public record Order(
            long time, String orderId, long total, Map<String, Object> fields, List<Map<String, Object>> items) {}

    /**
     * Something taken back.
     *
     * @param amount in millionths; {@link Long#MAX_VALUE}: the whole order
     * @param products the products that were taken back; empty where only money was
     */
    public record Refund(String orderId, long amount, List<String> products) {
        /** Takes back the whole order. */
        public static final long WHOLE = Long.MAX_VALUE;
    }

    public List<Order> orders() {
        return Collections.unmodifiableList(orders);
    }

    public List<Refund> refunds() {
        return Collections.unmodifiableList(refunds);
    }

    public boolean clipped() {
        return clipped;
    }

    /**
     * @param keptSince orders at or before this time are needed no more
     * @param now the customer's now, in milliseconds since the epoch
     * @param asked what the plan asks of the orders; what another plan asked is forgotten
     * @return whether an order had to go for want of room
     */
    boolean add(Order order, long keptSince, long now, List<OrderElements> asked) {
        int index = orders.size();
        while (index > 0 && orders.get(index - 1).time() > order.time()) {
            index--;
        }
        orders.add(index, order);
        orders.removeIf(old -> old.time() <= keptSince);
        forget();
        boolean full = cut(orders);
        if (full || refunded(order) != NOTHING) {
            counts.clear();
        }
        counts.keySet()
                .removeIf(known -> asked.stream().noneMatch(own -> own.counts().equals(known)));
        counts.forEach((known, states) -> known.count(states, order, now));
        return full;
    }

    /** @return whether a refund had to go for want of room */
    boolean add(Refund refund) {
        refunds.add(refund);
        forget();
        if (orders.stream().anyMatch(order -> order.orderId().equals(refund.orderId()))) {
            counts.clear();
        }
        return cut(refunds);
    }

    private boolean cut(List<?> list) {
        return cut(list, CAP);
    }

    private boolean cut(List<?> list, int most) {
        if (list.size() <= most) {
            return false;
        }
        list.subList(0, list.size() - most).clear();
        clipped = true;
        return true;
    }

    @Override
    public boolean halve() {
        forget();
        counts.clear();
        boolean fewer = cut(orders, orders.size() / 2);
        return cut(refunds, refunds.size() / 2) || fewer;
    }

    private void forget() {
        purchases = null;
        items = null;
        changed();
    }

    /** What is asked of the orders that stand. */
    AggregateStates counts(OrderCounts asked) {
        AggregateStates known = counts.get(asked);
        if (known == null) {
            known = asked.of(this);
            counts.put(asked, known);
        }
        return known;
    }

    /** The orders that stand, oldest first, with totals net of refunds. */
    List<Kept> purchases() {
        if (purchases == null) {
            purchases = new ArrayList<>();
            for (Order order : orders) {
                long refunded = refunded(order);
                if (stands(order, refunded)) {
                    purchases.add(new Kept(order.time(), net(order, refunded)));
                }
            }
        }
        return purchases;
    }

    /** The product lines of the orders that stand, without those that a refund names. */
    List<Kept> items() {
        if (items == null) {
            items = new ArrayList<>();
            for (Order order : orders) {
                if (stands(order, refunded(order))) {
                    List<String> gone = productsTakenBack(order);
                    for (Map<String, Object> item : order.items()) {
                        if (!gone.contains(String.valueOf(item.get("product_id")))) {
                            items.add(new Kept(order.time(), item));
                        }
                    }
                }
            }
        }
        return items;
    }

    /** An order without a total stands until something is taken back of it. */
    private static boolean stands(Order order, long refunded) {
        return refunded == NOTHING || refunded < order.total();
    }

    /** What was taken back, in millionths; {@link #NOTHING} where nothing was. A shop may write it below 0. */
    private long refunded(Order order) {
        long sum = NOTHING;
        for (Refund refund : refunds) {
            if (!order.orderId().isEmpty() && refund.orderId().equals(order.orderId())) {
                if (refund.amount() == Refund.WHOLE) {
                    return Refund.WHOLE;
                }
                sum = (sum == NOTHING ? 0 : sum) + refund.amount();
            }
        }
        return sum;
    }

    private List<String> productsTakenBack(Order order) {
        List<String> products = new ArrayList<>();
        for (Refund refund : refunds) {
            if (!order.orderId().isEmpty() && refund.orderId().equals(order.orderId())) {
                products.addAll(refund.products());
            }
        }
        return products;
    }

    private static Map<String, Object> net(Order order, long refunded) {
        if (refunded == NOTHING || refunded == 0 || !order.fields().containsKey("total")) {
            return order.fields();
        }
        Map<String, Object> net = new LinkedHashMap<>(order.fields());
        net.put("total", BigDecimal.valueOf(order.total() - refunded, 6));
        return net;
    }
}
