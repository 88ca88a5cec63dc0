// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.InputProblem.Kind;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Order;
import dev.segue.plan.state.Refund;
import dev.segue.plan.state.Retention;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The orders and their refunds.
 *
 * @param window orders older than this are no longer needed, in milliseconds; {@link Retention#FOREVER} for all
 * @param counters the aggregates that definitions read of the orders
 */
public record LedgerAggregate(int id, long window, OrderReader reader, List<OrderCounts> counters)
        implements Aggregate {

    @Override
    public Set<String> eventTypes() {
        return Set.of(EventNames.ORDER_COMPLETED, EventNames.ORDER_REFUNDED, EventNames.ORDER_CANCELLED);
    }

    @Override
    public List<Node> filters() {
        return List.of();
    }

    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        Event event = (Event) frame.element(0);
        if (event.type().name().equals(EventNames.ORDER_COMPLETED)) {
            return announce(ledger(states), reader.order(event), frame, now);
        }
        String orderId = OrderReader.orderId(event);
        if (orderId.isEmpty()) {
            return false;
        }
        Ledger ledger = ledger(states);
        if (!ledger.knows(orderId)) {
            frame.problem(Kind.REFUND_OF_UNKNOWN_ORDER, orderId);
        }
        Refund refund = event.type().name().equals(EventNames.ORDER_REFUNDED) ? reader.refund(event) : null;
        if (refund == null) {
            return ledger.removeOrder(orderId, frame::reached);
        }
        if (ledger.hasNoLineOf(refund)) {
            frame.problem(Kind.REFUND_OF_UNKNOWN_PRODUCT, orderId);
        }
        return ledger.addRefund(refund, frame::reached);
    }

    private Ledger ledger(AggregateStates states) {
        if (states.find(id) instanceof Ledger known) {
            return known;
        }
        Ledger ledger = new Ledger();
        states.put(id, ledger);
        return ledger;
    }

    /**
     * Groups of orders are recomputed when they are not cached, so reading them reports no limits. An order that
     * exceeds the limit of groups is reported here, with the number of groups that are left out after it but were not
     * before.
     */
    private boolean announce(Ledger ledger, Order order, Frame frame, long now) {
        ledger.keepCounts(counters);
        List<OrderCounts> grouped = thatMayLeaveOut(ledger, order);
        int before = leftOut(grouped, ledger, now);
        boolean changed = ledger.announce(
                order, keptSince(now), frame::reached, () -> frame.problem(Kind.CHANGED_ORDER, order.orderId()), now);
        int after = changed ? leftOut(grouped, ledger, now) : before;
        for (int group = before; group < after; group++) {
            frame.reached(Limit.GROUPS);
        }
        return changed;
    }

    private List<OrderCounts> thatMayLeaveOut(Ledger ledger, Order order) {
        if (ledger.orders().size() + ledger.lines() + order.lines().size() < Keyed.CAP) {
            return List.of(); // Few customers have that many.
        }
        return counters.stream()
                .filter(counts -> counts.mayLeaveOut(ledger, order))
                .toList();
    }

    private long keptSince(long now) {
        return window == Retention.FOREVER ? Long.MIN_VALUE : now - window;
    }

    @Override
    public boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached) {
        if (!(other.take(id) instanceof Ledger more)) {
            return false;
        }
        if (!(into.find(id) instanceof Ledger ledger)) {
            into.put(id, more);
            return true;
        }
        int before = leftOut(counters, ledger, now) + leftOut(counters, more, now);
        ledger.merge(more, keptSince(now), reached);
        int after = leftOut(counters, ledger, now);
        for (int group = before; group < after; group++) {
            reached.accept(Limit.GROUPS);
        }
        return true;
    }

    private static int leftOut(List<OrderCounts> grouped, Ledger ledger, long now) {
        int groups = 0;
        for (int index = 0; index < grouped.size(); index++) {
            groups += grouped.get(index).leftOut(ledger, now);
        }
        return groups;
    }
}
