package dev.segue.plan;

import dev.segue.event.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is remembered of one customer. Sparse: an aggregate that has seen nothing takes no room. Changed in
 * place by {@link Plan}; not safe for several threads.
 */
public final class CustomerState {
    /** No deadline: nothing changes by itself. */
    public static final long NEVER = Long.MAX_VALUE;

    private final String customerId;
    private Clock clock;
    private History history;
    private final RecentIds recentIds;
    private final AggregateStates aggregates = new AggregateStates();
    private final List<Membership> memberships;
    private final List<Waiting> waiting;
    /** What the plan knows beside the state; null where that must be found out first. */
    private @Nullable Dues dues;

    private @Nullable Attention attention;

    private final CutGroups cutGroups = new CutGroups();

    /** A customer of whom nothing is known yet. */
    public CustomerState(String customerId) {
        this(customerId, Clock.NEW, History.NONE, new RecentIds(), List.of(), List.of());
    }

    /** A customer as written before; aggregates are added with {@link AggregateStates#put}. */
    public CustomerState(
            String customerId,
            Clock clock,
            History history,
            RecentIds recentIds,
            List<Membership> memberships,
            List<Waiting> waiting) {
        this.customerId = customerId;
        this.clock = clock;
        this.history = history;
        this.recentIds = recentIds;
        this.memberships = new ArrayList<>(memberships);
        this.waiting = new ArrayList<>(waiting);
    }

    /**
     * Where the customer stands in time.
     *
     * @param now the latest instant looked at, in milliseconds since the epoch; {@link Long#MIN_VALUE} before the first
     * @param deadline the next instant at which an answer may change by itself, or {@link #NEVER}
     * @param plan the fingerprint of the plan that wrote the state; 0 before the first event
     */
    public record Clock(long now, long deadline, long plan) {
        static final Clock NEW = new Clock(Long.MIN_VALUE, NEVER, 0);
    }

    /**
     * What the accepted events add up to, whatever the definitions ask.
     *
     * @param events how many
     * @param firstAt time of the earliest, in milliseconds since the epoch
     * @param lastAt time of the latest
     * @param orders how many were order_completed
     * @param spent the sum of their totals
     * @param changes how many changes were emitted for this customer
     */
    public record History(long events, long firstAt, long lastAt, long orders, Millionths spent, long changes) {
        static final History NONE = new History(0, Long.MAX_VALUE, Long.MIN_VALUE, 0, Millionths.ZERO, 0);

        History with(Event event) {
            boolean order = event.type().name().equals("order_completed");
            Millionths sum = order && event.fields().get("total") instanceof BigDecimal total
                    ? spent.plus(total.doubleValue())
                    : spent;
            return new History(
                    events + 1,
                    Math.min(firstAt, event.time()),
                    Math.max(lastAt, event.time()),
                    order ? orders + 1 : orders,
                    sum,
                    changes);
        }

        History withChanges(long number) {
            return new History(events, firstAt, lastAt, orders, spent, number);
        }
    }

    public String customerId() {
        return customerId;
    }

    public Clock clock() {
        return clock;
    }

    @Nullable
    Dues dues() {
        return dues;
    }

    CutGroups cutGroups() {
        return cutGroups;
    }

    @Nullable
    Attention attention() {
        return attention;
    }

    void setAttention(@Nullable Attention attention) {
        this.attention = attention;
    }

    void setDues(@Nullable Dues dues) {
        this.dues = dues;
    }

    void setClock(Clock clock) {
        this.clock = clock;
    }

    /** The next instant at which an answer may change by itself, in milliseconds since the epoch, or {@link #NEVER}. */
    public long deadline() {
        return clock.deadline();
    }

    public History history() {
        return history;
    }

    void setHistory(History history) {
        this.history = history;
    }

    public RecentIds recentIds() {
        return recentIds;
    }

    /** The segments that the customer is in, by name. */
    public List<Membership> memberships() {
        return Collections.unmodifiableList(memberships);
    }

    @Nullable
    Membership membership(String segment) {
        for (Membership membership : memberships) {
            if (membership.segment().equals(segment)) {
                return membership;
            }
        }
        return null;
    }

    void enter(Membership membership) {
        leave(membership.segment());
        int index = 0;
        while (index < memberships.size() && memberships.get(index).segment().compareTo(membership.segment()) < 0) {
            index++;
        }
        memberships.add(index, membership);
    }

    void leave(String segment) {
        memberships.removeIf(membership -> membership.segment().equals(segment));
    }

    @Nullable
    Membership membershipOfGroup(String group) {
        for (Membership membership : memberships) {
            if (group.equals(membership.group())) {
                return membership;
            }
        }
        return null;
    }

    /** The segments that the customer may enter later, in no order. */
    public List<Waiting> waiting() {
        return Collections.unmodifiableList(waiting);
    }

    @Nullable
    Waiting waiting(String segment) {
        for (Waiting known : waiting) {
            if (known.segment().equals(segment)) {
                return known;
            }
        }
        return null;
    }

    void await(Waiting next) {
        stopAwaiting(next.segment());
        waiting.add(next);
    }

    void stopAwaiting(String segment) {
        waiting.removeIf(known -> known.segment().equals(segment));
    }

    /** What is remembered for each aggregate. */
    public AggregateStates aggregates() {
        return aggregates;
    }
}
