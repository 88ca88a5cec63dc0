// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import dev.segue.event.ProductFacts;
import dev.segue.plan.product.Launches;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A field of what is known of a product, or of one of its variants; the type's zero if it is unset. When it changes, the plan
 * evaluates the definitions that asked about the product.
 */
record ProductReading(Fact fact, Object zero, String text) implements Reading {
    /** No variant has an empty name. */
    static final Node NO_VARIANT = new Node.Constant("");

    /**
     * A field of what is known.
     *
     * @param product the product's id
     * @param variant the variant's name
     * @param slot of the field in {@link ProductFacts#TYPE}
     */
    record Fact(Node product, Node variant, int slot) {
        /** Returns null if it is unset. */
        @Nullable
        Object find(Frame frame) {
            String id = (String) product.value(frame);
            String name = (String) variant.value(frame);
            ProductFacts known = frame.product(id);
            return known == null ? null : known.get(name, slot);
        }

        long stableUntil(Frame frame) {
            return Math.min(product.stableUntil(frame), variant.stableUntil(frame));
        }
    }

    @Override
    public Object value(Frame frame) {
        Object value = fact.find(frame);
        return value == null ? zero : Values.readable(value);
    }

    @Override
    public long stableUntil(Frame frame) {
        return fact.stableUntil(frame);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {}

    /** Whatever the id depends on is a reading of its own; in a lambda over groups there may be no element to ask of. */
    @Override
    public boolean approximate(Frame frame) {
        return false;
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }

    /** Tests whether a field is set. */
    record IsSet(Fact fact, String text) implements Reading {
        @Override
        public Object value(Frame frame) {
            return fact.find(frame) != null;
        }

        @Override
        public long stableUntil(Frame frame) {
            return fact.stableUntil(frame);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {}

        @Override
        public boolean approximate(Frame frame) {
            return false;
        }

        @Override
        public Evidence evidence(Frame frame) {
            return new Evidence(text, value(frame), false, false);
        }
    }

    /**
     * The products of a category that were launched in a time before now.
     *
     * @param window in milliseconds
     */
    record Launched(Node category, long window, String text) implements Reading {
        @Override
        public Object value(Frame frame) {
            return found(frame).products();
        }

        private Launches.Found found(Frame frame) {
            return frame.launched((String) category.value(frame), window);
        }

        @Override
        public long stableUntil(Frame frame) {
            long until = category.stableUntil(frame);
            try {
                return Math.min(until, found(frame).stableUntil());
            } catch (EvaluationException none) {
                return until; // No category, no launches.
            }
        }

        @Override
        public void forEachAggregate(IntConsumer action) {}

        @Override
        public Evidence evidence(Frame frame) {
            Launches.Found found = found(frame);
            return new Evidence(text, found.products(), false, found.clipped());
        }
    }

    /** A value that does not depend on the element of the lambda around it, computed once. */
    record Once(Node node) implements Node {
        @Override
        public Object value(Frame frame) {
            return frame.once(node);
        }

        @Override
        public long stableUntil(Frame frame) {
            return node.stableUntil(frame);
        }
    }
}
