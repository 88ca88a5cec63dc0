// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.reduction.Reduction;
import java.util.List;

/** A reduction of a plain list. */
record Reduced(Node list, Reduction reduction, Object zero) implements Node {
    @Override
    public Object value(Frame frame) {
        return reduction.of((List<?>) list.value(frame), zero);
    }

    @Override
    public long stableUntil(Frame frame) {
        return list.stableUntil(frame);
    }
}
