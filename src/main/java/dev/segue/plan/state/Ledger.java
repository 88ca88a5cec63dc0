// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A customer's orders with their refunds, from which the effective orders follow. For an order that no longer
 * affects any result, only the id is kept, so that later announcements are ignored: it was cancelled or wholly
 * refunded, is older than every window, or was dropped because of a limit.
 */
public final class Ledger extends AggregateState {
    /** The maximum number of orders and of refunds. The oldest are dropped. */
    public static final int CAP = 512;

    /** The maximum number of ids of removed orders. The ids of the earliest removed orders are dropped. */
    static final int GONE_CAP = 4 * CAP;

    private final List<Order> orders;
    private final List<Refund> refunds;
    private final RecentIds gone;
    private boolean clipped;
    /** The settlements of orders that have been computed so far. */
    private final IdentityHashMap<Order, Settlement> settled = new IdentityHashMap<>();

    private @Nullable List<Settlement> standing;
    private @Nullable List<Timed> purchases;
    private @Nullable List<Timed> items;
    /** The aggregates over the orders that were needed so far, as long as the customer is in memory. */
    private final List<Counted> counts = new ArrayList<>();

    private record Counted(LedgerCounter counter, int aggregate, AggregateStates states) {
        @SuppressWarnings("ReferenceEquality") // A plan has two counters, and each is equal only to itself.
        boolean is(LedgerCounter other, int id) {
            return aggregate == id && counter == other;
        }

        void add(Settlement order, long now) {
            counter.count(states, aggregate, order, now);
        }
    }

    public Ledger() {
        this(List.of(), List.of(), new RecentIds(), false);
    }

    /**
     * @param orders in order of (time, arrival) of their first announcements
     * @param refunds in order of (time, arrival)
     * @param gone the ids of orders that are no longer needed; not copied
     * @param clipped whether a limit has ever dropped anything or clamped an amount
     */
    public Ledger(List<Order> orders, List<Refund> refunds, RecentIds gone, boolean clipped) {
        this.orders = new ArrayList<>(orders);
        this.refunds = new ArrayList<>(refunds);
        this.gone = gone;
        this.clipped = clipped;
    }

    public List<Order> orders() {
        return Collections.unmodifiableList(orders);
    }

    public List<Refund> refunds() {
        return Collections.unmodifiableList(refunds);
    }

    public RecentIds gone() {
        return gone;
    }

    public boolean clipped() {
        return clipped;
    }

    private boolean isGone(String orderId) {
        return !orderId.isEmpty() && gone.contains(orderId, GONE_CAP);
    }

    /** Returns whether an order was announced or removed before; it may be forgotten because of a limit. */
    public boolean knows(String orderId) {
        return isGone(orderId) || find(orderId) != null;
    }

    /**
     * Returns whether a refund names products of which its known order has none. An order without lines has no
     * products, so a refund with a total of its own may name any.
     */
    public boolean hasNoLineOf(Refund refund) {
        Order known = find(refund.orderId());
        if (known == null || (known.lines().isEmpty() && refund.total() != null)) {
            return false;
        }
        return !refund.products().isEmpty()
                && refund.products().stream()
                        .noneMatch(returned -> known.lines().stream().anyMatch(returned::fits));
    }

    /**
     * Adds one announcement of an order.
     *
     * @param keptSince orders at or before this time are no longer needed
     * @param reached receives the limits that were reached
     * @param contentChanged runs if the order was announced before with another total or other lines
     * @param now the customer's current time, in milliseconds since the epoch
     * @return whether any result may have changed
     */
    public boolean announce(
            Order announced, long keptSince, Consumer<Limit> reached, Runnable contentChanged, long now) {
        if (isGone(announced.orderId())) {
            return false;
        }
        Order known = find(announced.orderId());
        if (known != null && !known.hasContentOf(announced)) {
            contentChanged.run();
        }
        Order order = known == null ? announced : known.announced(announced);
        if (order.equals(known)) {
            return false;
        }
        changed();
        put(order, known);
        if (known != null && known.looksLike(order)) {
            return false;
        }
        clipped |= order.total() != null && order.total().approximate();
        dropUntil(keptSince, reached);
        boolean cut = dropOverCap(reached);
        forgetElements();
        if (cut || known != null || hasRefundOf(order.orderId())) {
            counts.clear();
        } else if (order.time() > keptSince) {
            Settlement whole = new Settlement(order, List.of());
            settled.put(order, whole);
            for (int index = 0; index < counts.size(); index++) {
                counts.get(index).add(whole, now);
            }
        }
        return true;
    }

    /** Adds a partial refund of an order; see {@link #announce}. */
    public boolean addRefund(Refund refund, Consumer<Limit> reached) {
        if (isGone(refund.orderId())) {
            return false;
        }
        changed();
        clipped |= refund.total() != null && refund.total().approximate();
        int index = refunds.size();
        while (index > 0 && refunds.get(index - 1).time() > refund.time()) {
            index--;
        }
        refunds.add(index, refund);
        boolean cut = cut(refunds, CAP);
        if (cut) {
            reached.accept(Limit.ORDERS);
        }
        Order known = find(refund.orderId());
        settled.remove(known);
        if (cut) {
            settled.clear();
        }
        if (cut || known != null) {
            forgetElements();
            counts.clear();
        }
        return true;
    }

    /** Removes a whole order, whether it has been announced already or will be later; see {@link #announce}. */
    public boolean removeOrder(String orderId, Consumer<Limit> reached) {
        if (isGone(orderId)) {
            return false;
        }
        changed();
        Order known = find(orderId);
        orders.remove(known);
        settled.remove(known);
        forget(orderId, reached);
        if (known != null) {
            forgetElements();
            counts.clear();
        }
        return true;
    }

    /**
     * Adds the orders and refunds of another history, which arrived later than those of equal time. An order of both is
     * one order, and an order that either has removed stays removed.
     *
     * @param other may not be used any more
     * @param keptSince orders at or before this time are no longer needed
     * @param reached receives the limits that were reached
     */
    public void merge(Ledger other, long keptSince, Consumer<Limit> reached) {
        changed();
        clipped |= other.clipped;
        orders.removeIf(order -> other.isGone(order.orderId()));
        other.orders.stream().filter(order -> !isGone(order.orderId())).forEach(order -> {
            Order known = find(order.orderId());
            put(known == null ? order : known.announced(order), known);
        });
        refunds.addAll(other.refunds);
        refunds.removeIf(refund -> isGone(refund.orderId()) || other.isGone(refund.orderId()));
        refunds.sort(Comparator.comparingLong(Refund::time));
        if (gone.addAll(other.gone, GONE_CAP)) {
            clipped = true;
            reached.accept(Limit.ORDERS);
        }
        dropUntil(keptSince, reached);
        while (dropOverCap(reached)) {
            // Each call drops and reports one order.
        }
        if (cut(refunds, CAP)) {
            reached.accept(Limit.ORDERS);
        }
        settled.clear();
        counts.clear();
        forgetElements();
    }

    @Override
    public boolean keepBefore(long time) {
        changed();
        orders.removeIf(order -> order.time() >= time);
        refunds.removeIf(refund -> refund.time() >= time);
        settled.clear();
        counts.clear();
        forgetElements();
        return true;
    }

    private @Nullable Order find(String orderId) {
        for (int index = orders.size() - 1; index >= 0 && !orderId.isEmpty(); index--) {
            if (orders.get(index).orderId().equals(orderId)) {
                return orders.get(index);
            }
        }
        return null;
    }

    /**
     * Inserts or replaces an order. An order keeps its place among those of its time unless its first announcement has
     * just arrived.
     */
    private void put(Order order, @Nullable Order known) {
        if (known != null) {
            int before = orders.indexOf(known);
            settled.remove(known);
            if (known.time() == order.time()) {
                orders.set(before, order);
                return;
            }
            orders.remove(before);
        }
        int index = orders.size();
        while (index > 0 && orders.get(index - 1).time() > order.time()) {
            index--;
        }
        orders.add(index, order);
    }

    private void dropUntil(long keptSince, Consumer<Limit> reached) {
        while (!orders.isEmpty() && orders.get(0).time() <= keptSince) {
            dropOldest(reached);
        }
    }

    private void dropOldest(Consumer<Limit> reached) {
        Order oldest = orders.remove(0);
        settled.remove(oldest);
        forget(oldest.orderId(), reached);
    }

    private boolean dropOverCap(Consumer<Limit> reached) {
        if (orders.size() <= CAP) {
            return false;
        }
        clipped = true;
        reached.accept(Limit.ORDERS);
        dropOldest(reached);
        return true;
    }

    /** Reduces an order to its id. */
    private void forget(String orderId, Consumer<Limit> reached) {
        if (orderId.isEmpty()) {
            return;
        }
        refunds.removeIf(refund -> refund.orderId().equals(orderId));
        if (gone.size() >= GONE_CAP) {
            clipped = true;
            reached.accept(Limit.ORDERS);
        }
        gone.add(orderId, GONE_CAP);
    }

    private boolean cut(List<?> list, int most) {
        if (list.size() <= most) {
            return false;
        }
        list.subList(0, list.size() - most).clear();
        clipped = true;
        return true;
    }

    /**
     * Drops the older half of the orders and refunds; if there are none, the older half of the ids of removed orders.
     */
    @Override
    public boolean halve() {
        changed();
        forgetElements();
        settled.clear();
        counts.clear();
        List<String> dropped = orders.subList(0, (orders.size() + 1) / 2).stream()
                .map(Order::orderId)
                .filter(orderId -> !orderId.isEmpty())
                .toList();
        boolean fewer = cut(orders, orders.size() / 2);
        dropped.forEach(orderId -> gone.add(orderId, GONE_CAP));
        fewer |= cut(refunds, refunds.size() / 2);
        if (!fewer && gone.halve()) {
            clipped = true;
            fewer = true;
        }
        return fewer;
    }

    private void forgetElements() {
        standing = null;
        purchases = null;
        items = null;
    }

    /**
     * Returns the state of an aggregate of the effective orders; no other.
     *
     * @param aggregate its id
     */
    public AggregateStates counts(LedgerCounter counter, int aggregate) {
        for (int index = 0; index < counts.size(); index++) {
            if (counts.get(index).is(counter, aggregate)) {
                return counts.get(index).states();
            }
        }
        AggregateStates states = counter.of(this, aggregate);
        counts.add(new Counted(counter, aggregate, states));
        return states;
    }

    /** Drops aggregates that are no longer needed. */
    public void keepCounts(Collection<? extends LedgerCounter> counters) {
        counts.removeIf(known -> !counters.contains(known.counter()));
    }

    /** Returns the number of product lines, before refunds. */
    public int lines() {
        int lines = 0;
        for (Order order : orders) {
            lines += order.lines().size();
        }
        return lines;
    }

    private boolean hasRefundOf(String orderId) {
        for (int index = 0; index < refunds.size() && !orderId.isEmpty(); index++) {
            if (refunds.get(index).orderId().equals(orderId)) {
                return true;
            }
        }
        return false;
    }

    private List<Settlement> standing() {
        if (standing == null) {
            Map<String, List<Refund>> byOrder = new HashMap<>(0);
            refunds.forEach(refund -> byOrder.computeIfAbsent(refund.orderId(), absent -> new ArrayList<>())
                    .add(refund));
            standing = new ArrayList<>(orders.size());
            for (Order order : orders) {
                Settlement known = settled.computeIfAbsent(
                        order, absent -> new Settlement(order, byOrder.getOrDefault(order.orderId(), List.of())));
                if (known.stands()) {
                    standing.add(known);
                }
            }
        }
        return standing;
    }

    /** Returns the effective orders, oldest first, with totals net of refunds. */
    public List<Timed> purchases() {
        if (purchases == null) {
            List<Timed> all = new ArrayList<>(orders.size());
            standing().forEach(order -> all.add(order.purchase()));
            purchases = Collections.unmodifiableList(all);
        }
        return purchases;
    }

    /** Returns the product lines of the effective orders, without wholly refunded lines. */
    public List<Timed> items() {
        if (items == null) {
            List<Timed> all = new ArrayList<>();
            standing().forEach(order -> all.addAll(order.items()));
            items = Collections.unmodifiableList(all);
        }
        return items;
    }
}
