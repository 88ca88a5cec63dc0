// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

/** A constant value. */
record Constant(Object constant) implements Node {
    @Override
    public Object value(Frame frame) {
        return constant;
    }
}
