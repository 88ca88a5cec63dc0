// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * An expression over the groups of a stream, as a single reading.
 *
 * @param groups the groups
 * @param inner the readings inside each group
 */
record GroupReading(Node node, GroupSource groups, List<Reading> inner, String text) implements Reading {
    @Override
    public Object value(Frame frame) {
        try {
            return node.value(frame);
        } finally {
            frame.leave();
        }
    }

    @Override
    public long stableUntil(Frame frame) {
        try {
            return node.stableUntil(frame);
        } finally {
            frame.leave();
        }
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        groups.forEachAggregate(action);
        inner.forEach(reading -> reading.forEachAggregate(action));
    }

    @Override
    public Evidence evidence(Frame frame) {
        try {
            return new Evidence(text, value(frame), false, groups.approximate(frame, inner));
        } finally {
            frame.leave();
        }
    }
}
