// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

/** A value that is always the same. */
record Constant(Object constant) implements Node {
    @Override
    public Object value(Frame frame) {
        return constant;
    }
}
