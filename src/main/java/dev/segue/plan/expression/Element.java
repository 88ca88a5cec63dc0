// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

/** The element to which a lambda is applied; depth 0 is the outermost lambda. */
record Element(int depth) implements Node {
    @Override
    public Object value(Frame frame) {
        return frame.element(depth);
    }
}
