package dev.segue.plan;

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
}
