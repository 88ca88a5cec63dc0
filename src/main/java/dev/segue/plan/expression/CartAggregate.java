// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CartLog;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.OrderLine;
import dev.segue.plan.state.Product;
import dev.segue.value.Millionths;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cart: product_added, product_removed and order_completed in order of (time, arrival). Quantities are stored in
 * millionths. If a quantity is unset or not above 0, one piece is added, or all pieces are removed. An event without a
 * product changes nothing.
 *
 * @param details fields of product_added that definitions read, beside product_id, variant, sku and quantity
 */
public record CartAggregate(int id, List<String> details) implements Aggregate {

    @Override
    public Set<String> eventTypes() {
        return Set.of(EventNames.PRODUCT_ADDED, EventNames.PRODUCT_REMOVED, EventNames.ORDER_COMPLETED);
    }

    @Override
    public List<Node> filters() {
        return List.of();
    }

    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        Event event = (Event) frame.element(0);
        CartLog.Step step = step(event);
        if (step == null) {
            return false;
        }
        CartLog log;
        if (states.find(id) instanceof CartLog known) {
            log = known;
        } else {
            log = new CartLog(details);
            states.put(id, log);
        }
        if (log.insert(step)) {
            frame.reached(Limit.CART);
        }
        return true;
    }

    @Override
    public boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached) {
        if (!(other.take(id) instanceof CartLog more)) {
            return false;
        }
        if (!(into.find(id) instanceof CartLog log)) {
            into.put(id, more);
        } else if (log.merge(more)) {
            reached.accept(Limit.CART);
        }
        return true;
    }

    @Override
    public void adopt(AggregateStates states) {
        if (states.find(id) instanceof CartLog log) {
            log.keep(details);
        }
    }

    private CartLog.@Nullable Step step(Event event) {
        if (event.type().name().equals(EventNames.ORDER_COMPLETED)) {
            return CartLog.Step.order(event.time());
        }
        Product product = Product.of(event.fields());
        if (product == null) {
            return null;
        }
        long quantity = Millionths.ofQuantity(event.fields().get("quantity"));
        if (event.type().name().equals(EventNames.PRODUCT_REMOVED)) {
            return new CartLog.Step(event.time(), product, quantity == 0 ? CartLog.Step.ALL : -quantity, unset());
        }
        List<@Nullable Object> values = new ArrayList<>();
        details.forEach(name -> {
            Object value = event.fields().get(name);
            values.add(value == null ? null : Values.plain(value));
        });
        return new CartLog.Step(event.time(), product, quantity == 0 ? OrderLine.ONE_PIECE : quantity, values);
    }

    private List<@Nullable Object> unset() {
        List<@Nullable Object> values = new ArrayList<>();
        details.forEach(name -> values.add(null));
        return values;
    }
}
