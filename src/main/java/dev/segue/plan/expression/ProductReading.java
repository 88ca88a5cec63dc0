// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import dev.segue.event.Fields;
import dev.segue.value.Values;
import java.util.function.IntConsumer;

/**
 * A field of what is known of a product; the type's zero if it is unset. When it changes, the plan evaluates the definitions
 * that asked about the product.
 *
 * @param product the product's id
 * @param slot of the field in {@link dev.segue.event.ProductFacts#TYPE}
 */
record ProductReading(Node product, int slot, Object zero, String text) implements Reading {
    @Override
    public Object value(Frame frame) {
        Fields known = frame.product((String) product.value(frame));
        Object value = known == null ? null : known.get(slot);
        return value == null ? zero : Values.readable(value);
    }

    @Override
    public long stableUntil(Frame frame) {
        return product.stableUntil(frame);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {}

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }

    /** Tests whether a field is set. */
    record IsSet(Node product, int slot, String text) implements Reading {
        @Override
        public Object value(Frame frame) {
            Fields known = frame.product((String) product.value(frame));
            return known != null && known.get(slot) != null;
        }

        @Override
        public long stableUntil(Frame frame) {
            return product.stableUntil(frame);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {}

        @Override
        public Evidence evidence(Frame frame) {
            return new Evidence(text, value(frame), false, false);
        }
    }
}
