// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Functions;
import java.util.List;

/** A function applied to the values of its arguments. */
record Applied(Functions.Operation function, List<Node> arguments) implements Node {
    @Override
    public Object value(Frame frame) {
        Object[] values = new Object[arguments.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = arguments.get(index).value(frame);
        }
        return function.apply(values);
    }

    @Override
    public long stableUntil(Frame frame) {
        long until = CustomerState.NEVER;
        for (Node argument : arguments) {
            until = Math.min(until, argument.stableUntil(frame));
        }
        return until;
    }
}
