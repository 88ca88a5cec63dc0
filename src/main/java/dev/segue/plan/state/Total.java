// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;

/** How many elements there ever were, and the sum of their values. */
public final class Total extends AggregateState {
    private long count;
    private Millionths sum;

    public Total(long count, Millionths sum) {
        this.count = count;
        this.sum = sum;
    }

    public long count() {
        return count;
    }

    public Millionths sum() {
        return sum;
    }

    public void add(double value) {
        changed();
        sum = sum.plus(value);
        count++;
    }

    /** A count and a sum are as short as they get. */
    @Override
    public boolean halve() {
        return false;
    }
}
