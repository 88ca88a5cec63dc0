// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

/** {@code condition ? then : otherwise}. */
record Conditional(Node condition, Node then, Node otherwise) implements Node {
    @Override
    public Object value(Frame frame) {
        return (condition.test(frame) ? then : otherwise).value(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        return Math.min(condition.stableUntil(frame), Math.min(then.stableUntil(frame), otherwise.stableUntil(frame)));
    }
}
