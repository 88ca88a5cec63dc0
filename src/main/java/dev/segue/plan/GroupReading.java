package dev.segue.plan;

import dev.segue.event.Evidence;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A question about the groups of a stream, told as one.
 *
 * @param view what is cut into groups
 * @param inner what is read in the groups
 */
record GroupReading(Node node, ListView view, List<Reading> inner, String text) implements Reading {
    @Override
    public Object value(Frame frame) {
        return node.value(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        return node.stableUntil(frame);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        view.forEachAggregate(action);
        inner.forEach(reading -> reading.forEachAggregate(action));
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, view.elements().approximate(frame));
    }
}
