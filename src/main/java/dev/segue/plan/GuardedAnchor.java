package dev.segue.plan;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * The stream that {@code after} compares with, where its conditions may have no value for some elements.
 *
 * @param guards each holds while an element without a value is in sight
 */
record GuardedAnchor(Anchor inner, List<Reading> guards) implements Anchor {
    @Override
    public long latestTime(Frame frame) {
        Guarded.check(guards, frame);
        return inner.latestTime(frame);
    }

    @Override
    public long latestStableUntil(Frame frame) {
        long until = inner.latestStableUntil(frame);
        for (Reading guard : guards) {
            until = Math.min(until, guard.stableUntil(frame));
        }
        return until;
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        inner.forEachAggregate(action);
        guards.forEach(guard -> guard.forEachAggregate(action));
    }
}
