package dev.segue.plan.expression;

import dev.segue.definition.language.Reduction;
import dev.segue.plan.state.Reductions;
import java.util.List;

/** A reduction of a plain list. */
record Reduced(Node list, Reduction reduction, Object zero) implements Node {
    @Override
    public Object value(Frame frame) {
        return Reductions.reduce(reduction, (List<?>) list.value(frame), zero);
    }

    @Override
    public long stableUntil(Frame frame) {
        return list.stableUntil(frame);
    }
}
