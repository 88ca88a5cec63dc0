package dev.segue.plan;

import org.jspecify.annotations.Nullable;

/** What an expression is evaluated over: a customer's state at an instant, and the elements of the lambdas around it. */
final class Frame {
    /** Lambdas nest at most this deep. */
    static final int MAX_DEPTH = 8;

    private final @Nullable CustomerState state;
    private final long now;
    private final Object[] elements = new Object[MAX_DEPTH];

    /** For expressions that see an event only. */
    Frame(Object element) {
        this.state = null;
        this.now = Long.MIN_VALUE;
        this.elements[0] = element;
    }

    Frame(CustomerState state, long now) {
        this.state = state;
        this.now = now;
    }

    /** Milliseconds since the epoch. */
    long now() {
        return now;
    }

    CustomerState state() {
        if (state == null) {
            throw new IllegalStateException("a condition on an event asked for the customer's state");
        }
        return state;
    }

    Object element(int depth) {
        return elements[depth];
    }

    void setElement(int depth, Object element) {
        elements[depth] = element;
    }
}
