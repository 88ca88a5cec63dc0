// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Millionths;

/** The number of all elements so far, and the sum of their values. */
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
        // Most totals only count.
        sum = value == 0 ? sum : sum.plus(value);
        count++;
    }

    /** Adds the elements of another history. */
    public void merge(Total other) {
        changed();
        sum = sum.plus(other.sum);
        count += other.count;
    }

    /** Does nothing, because a count and a sum cannot be shortened. */
    @Override
    public boolean halve() {
        return false;
    }
}
