// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Total;
import dev.segue.value.Millionths;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of all elements so far, from their count and sum.
 *
 * @param zero 0 or 0.0: determines whether the sum is a whole number
 */
record TotalReading(Source source, Reduction reduction, Object zero, String text) implements Counting {
    private static final Total NOTHING = new Total(0, Millionths.ZERO);

    private Total total(Frame frame) {
        return source.find(frame) instanceof Total total ? total : NOTHING;
    }

    @Override
    public Object value(Frame frame) {
        Total total = total(frame);
        return reduction.ofTotal(total.count(), total.sum(), zero);
    }

    @Override
    public long count(Frame frame) {
        return total(frame).count();
    }

    @Override
    public long stableUntil(Frame frame, LongPredicate condition) {
        return CustomerState.NEVER;
    }

    @Override
    public @Nullable NavigableSet<Integer> restraints() {
        boolean counts = reduction == Reductions.COUNT || reduction == Reductions.EXISTS;
        return counts && source.isAddedToOnly() ? new TreeSet<>() : null;
    }

    @Override
    public @Nullable Settled settled() {
        NavigableSet<Integer> restraints = reduction == Reductions.EXISTS ? restraints() : null;
        return restraints == null ? null : new Settled(true, restraints);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        source.forEachAggregate(action);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, approximate(frame));
    }

    @Override
    public boolean approximate(Frame frame) {
        return total(frame).sum().approximate() || source.clipped(frame);
    }
}
