// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

/**
 * A field of the value of a reading, such as {@code most().value}.
 *
 * @param field reads the field from the reading
 */
record ReadField(Reading reading, FieldValue field) implements Node {
    @Override
    public Object value(Frame frame) {
        return field.value(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        return reading.stableUntil(frame, field.name());
    }
}
