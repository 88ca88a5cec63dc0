// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import java.util.function.IntConsumer;

/** Membership in another segment. When the membership changes, the plan evaluates the definitions that read it. */
record SegmentReading(String segment, String text) implements Reading {
    @Override
    public Object value(Frame frame) {
        return frame.state().membership(segment) != null;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {}

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }
}
