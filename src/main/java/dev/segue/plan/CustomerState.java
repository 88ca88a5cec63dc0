package dev.segue.plan;

/** Everything that is remembered of one customer. Changed in place by {@link Plan}; not safe for several threads. */
public final class CustomerState {
    /** No deadline: nothing changes by itself. */
    public static final long NEVER = Long.MAX_VALUE;

    private final String customerId;
    private long deadline = NEVER;

    /** A customer of whom nothing is known yet. */
    public CustomerState(String customerId) {
        this.customerId = customerId;
    }

    public String customerId() {
        return customerId;
    }

    /** The next instant at which an answer may change by itself, in milliseconds since the epoch, or {@link #NEVER}. */
    public long deadline() {
        return deadline;
    }
}
