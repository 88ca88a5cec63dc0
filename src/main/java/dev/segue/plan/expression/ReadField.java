// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import java.util.function.IntConsumer;

/**
 * A field of the value of a reading, such as {@code most().value}. Evidence shows the whole value.
 *
 * @param field reads the field from the reading
 */
record ReadField(Reading reading, FieldValue field) implements Reading {
    @Override
    public Object value(Frame frame) {
        return reading.field(frame, field);
    }

    @Override
    public long stableUntil(Frame frame) {
        return reading.stableUntil(frame, field.name());
    }

    @Override
    public boolean staysAfter(Frame frame, int aggregate) {
        return reading.staysAfter(frame, aggregate, field.name());
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        reading.forEachAggregate(action);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return reading.evidence(frame);
    }

    @Override
    public boolean approximate(Frame frame) {
        return reading.approximate(frame);
    }
}
