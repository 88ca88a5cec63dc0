package dev.segue.plan.expression;

import dev.segue.definition.language.Reduction;
import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Millionths;
import dev.segue.plan.state.Total;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What all elements there ever were add up to.
 *
 * @param zero 0 or 0.0: whether a sum is a whole number
 */
record TotalReading(Source home, Reduction reduction, Object zero, String text) implements Counting {
    private static final Total NOTHING = new Total(0, Millionths.ZERO);

    private Total total(Frame frame) {
        return home.find(frame) instanceof Total total ? total : NOTHING;
    }

    @Override
    public Object value(Frame frame) {
        return switch (reduction) {
            case COUNT -> count(frame);
            case EXISTS -> count(frame) > 0;
            case SUM ->
                zero instanceof Long
                        ? (Object) (total(frame).sum().units() / 1_000_000)
                        : (Object) total(frame).sum().toDouble();
            case AVG -> count(frame) == 0 ? 0.0 : total(frame).sum().dividedBy(count(frame));
            case SHARE -> count(frame) == 0 ? 0.0 : (double) holding(frame) / count(frame);
            case ALL -> holding(frame) == count(frame);
            default -> throw new IllegalStateException(reduction + " needs more than a total");
        };
    }

    /** Conditions count as 1 where they hold. */
    private long holding(Frame frame) {
        return total(frame).sum().units() / 1_000_000;
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
        boolean counts = reduction == Reduction.COUNT || reduction == Reduction.EXISTS;
        return counts && home.isAddedToOnly() ? new TreeSet<>() : null;
    }

    @Override
    public @Nullable Settled settled() {
        NavigableSet<Integer> restraints = reduction == Reduction.EXISTS ? restraints() : null;
        return restraints == null ? null : new Settled(true, restraints);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        home.forEachAggregate(action);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, approximate(frame));
    }

    @Override
    public boolean approximate(Frame frame) {
        return total(frame).sum().approximate() || home.clipped(frame);
    }
}
