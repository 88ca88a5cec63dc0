// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order after its refunds: whether it is still effective, its total, and the remaining quantity of each line. */
public final class Settlement {
    private final Order order;
    /** The remaining quantity of each line, in millionths of a piece. */
    private final long[] left;

    private Millionths refunded = Millionths.ZERO;
    private @Nullable Timed purchase;
    private @Nullable List<Timed> items;

    /** @param refunds of this order, in order of (time, arrival) */
    Settlement(Order order, List<Refund> refunds) {
        this.order = order;
        this.left = order.quantities();
        refunds.forEach(this::apply);
    }

    private void apply(Refund refund) {
        Millionths amount = Millionths.ZERO;
        for (Refund.Returned returned : refund.products()) {
            amount = amount.plus(apply(returned));
        }
        refunded = refunded.plus(refund.total() == null ? amount : refund.total());
    }

    /**
     * Removes a refunded product from the matching lines, first line first; returns the value of the removed pieces.
     */
    private Millionths apply(Refund.Returned returned) {
        Millionths worth = Millionths.ZERO;
        long open = returned.quantity() == 0 ? Long.MAX_VALUE : returned.quantity();
        for (int index = 0; index < left.length && open > 0; index++) {
            OrderLine line = order.lines().get(index);
            if (left[index] > 0 && returned.fits(line)) {
                long taken = Math.min(left[index], open);
                left[index] -= taken;
                open -= taken;
                Millionths price = returned.price() == null ? line.price() : returned.price();
                worth = worth.plus(price.times(taken));
            }
        }
        return worth;
    }

    /** Returns whether anything of the order remains. An order that never had lines or money still counts. */
    boolean stands() {
        boolean linesLeft = left.length == 0;
        for (long units : left) {
            linesLeft |= units > 0;
        }
        return linesLeft
                && (order.total() == null
                        || order.total().units() <= 0
                        || net(order.total()).units() > 0);
    }

    private Millionths net(Millionths total) {
        return total.minus(refunded);
    }

    /** Returns the order as an element of {@code purchase}. */
    public Timed purchase() {
        if (purchase == null) {
            Double total = order.total() == null ? null : net(order.total()).toDouble();
            purchase = new Timed(order.time(), new PurchaseFields(order, total));
        }
        return purchase;
    }

    /** Returns the lines that were not wholly refunded, as elements of {@code item_bought}. */
    public List<Timed> items() {
        if (items == null) {
            items = new ArrayList<>(left.length);
            for (int index = 0; index < left.length; index++) {
                if (left[index] > 0) {
                    items.add(new Timed(
                            order.time(), new ItemFields(order, order.lines().get(index), left[index])));
                }
            }
        }
        return items;
    }
}
