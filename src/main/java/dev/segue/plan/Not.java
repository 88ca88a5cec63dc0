package dev.segue.plan;

import org.jspecify.annotations.Nullable;

/** {@code !operand}. */
record Not(Node operand) implements Node {
    @Override
    public Object value(Frame frame) {
        return !operand.test(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        return operand.stableUntil(frame);
    }

    @Override
    public @Nullable Settled settled() {
        Settled settled = operand.settled();
        return settled == null ? null : settled.negated();
    }
}
