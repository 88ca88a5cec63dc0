// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a cart: a product with its variant and sku.
 *
 * @param quantity in millionths of a piece, above 0
 * @param since when the line was added, in milliseconds since the epoch
 * @param time when the line last changed, in milliseconds since the epoch
 * @param details the latest set value of each of the log's detail fields; null if none was set
 */
public record CartLine(Product product, long quantity, long since, long time, List<@Nullable Object> details) {

    static CartLine begun(CartLog.Step step) {
        return new CartLine(step.product(), step.quantity(), step.time(), step.time(), step.details());
    }

    /**
     * Returns the line's fields for lambdas.
     *
     * @param names of the details
     */
    public Map<String, Object> fields(List<String> names) {
        return new CartFields(this, names);
    }

    public double pieces() {
        return Millionths.toDouble(quantity);
    }

    /** Returns the line after more pieces were added. */
    CartLine plus(CartLog.Step step) {
        List<@Nullable Object> latest = new ArrayList<>(details);
        for (int index = 0; index < step.details().size(); index++) {
            if (step.details().get(index) != null) {
                latest.set(index, step.details().get(index));
            }
        }
        Millionths sum = new Millionths(quantity, false).plus(new Millionths(step.quantity(), false));
        return new CartLine(product, sum.units(), since, step.time(), latest);
    }

    /** Returns the line after some, but not all, pieces were removed. */
    CartLine minus(long taken, long at) {
        return new CartLine(product, quantity - taken, since, at, details);
    }
}
