package dev.segue.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an expression is evaluated over: a customer's state at an instant, and the elements of the lambdas around it. */
final class Frame {
    /** Lambdas nest at most this deep. */
    static final int MAX_DEPTH = 8;

    private final @Nullable CustomerState state;
    private final long now;
    private @Nullable Object outermost;
    private @Nullable AggregateStates group;
    private List<Limit> limits = List.of();
    private Object @Nullable [] inner;

    /** For expressions that see an event only. */
    Frame(Object element) {
        this.state = null;
        this.now = Long.MIN_VALUE;
        this.outermost = element;
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

    /** What is remembered for an aggregate: of the group that is being looked at, else of the customer. */
    @Nullable
    AggregateState find(int id) {
        AggregateState ofGroup = group == null ? null : group.find(id);
        return ofGroup == null ? state().aggregates().find(id) : ofGroup;
    }

    /** From here on a group is looked at. */
    void enter(AggregateStates ofGroup) {
        group = ofGroup;
    }

    /** From here on no group is looked at. */
    void leave() {
        group = null;
    }

    /** Something that the event brought, or something older, had to go. */
    void reached(Limit limit) {
        limits = limits.isEmpty() ? new ArrayList<>() : limits;
        limits.add(limit);
    }

    /** The limits that were reached, once for each time. */
    List<Limit> limits() {
        return limits;
    }

    Object element(int depth) {
        Object element = depth == 0 || inner == null ? outermost : inner[depth];
        if (element == null) {
            throw new IllegalStateException("no lambda is open");
        }
        return element;
    }

    void setElement(int depth, Object element) {
        if (depth == 0) {
            outermost = element;
            return;
        }
        if (inner == null) {
            inner = new Object[MAX_DEPTH];
        }
        inner[depth] = element;
    }
}
