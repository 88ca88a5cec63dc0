// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.event.Event;
import dev.segue.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
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
    /** See {@link #storedMemberships}; null where it must be made anew. */
    private byte @Nullable [] storedMemberships;

    private final List<Waiting> waiting;
    /** When each definition may answer otherwise; null where that must be found out first. */
    private @Nullable DueTimes dues;

    private @Nullable WatchedTerms attention;
    /** What the attention was when it was stored; null once there is one, or where there was none. */
    private int @Nullable [] attentionStored;

    private final CutGroups cutGroups = new CutGroups();

    /** A customer of whom nothing is known yet. */
    public CustomerState(String customerId) {
        this(customerId, Clock.NEW, History.NONE, new RecentIds(), List.of(), List.of());
    }

    /** A customer as written before; aggregates are added with {@link AggregateStates#putStored}. */
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
        public static final Clock NEW = new Clock(Long.MIN_VALUE, NEVER, 0);
    }

    /**
     * What the accepted events add up to, whatever the definitions ask.
     *
     * @param events how many
     * @param firstAt time of the earliest, in milliseconds since the epoch
     * @param lastAt time of the latest
     * @param changes how many changes were emitted for this customer
     */
    public record History(long events, long firstAt, long lastAt, long changes) {
        public static final History NONE = new History(0, Long.MAX_VALUE, Long.MIN_VALUE, 0);

        public History with(Event event) {
            return new History(events + 1, Math.min(firstAt, event.time()), Math.max(lastAt, event.time()), changes);
        }

        public History withChanges(long number) {
            return new History(events, firstAt, lastAt, number);
        }
    }

    public String customerId() {
        return customerId;
    }

    public Clock clock() {
        return clock;
    }

    /** When each definition may answer otherwise by itself; null where that must be found out first. */
    public @Nullable DueTimes dues() {
        return dues;
    }

    /**
     * The terms of the plan that are watched otherwise than those of customers of whom nothing is known, ascending; null
     * where that must be found out first.
     */
    public int @Nullable [] watchedOtherwise() {
        return attention == null ? attentionStored : attention.differences();
    }

    /** Takes what was stored of these two. They mean something to the plan only whose fingerprint was stored, too. */
    public void remember(@Nullable DueTimes known, int @Nullable [] watchedOtherwise) {
        dues = known;
        attentionStored = watchedOtherwise;
    }

    public CutGroups cutGroups() {
        return cutGroups;
    }

    @Nullable
    public WatchedTerms attention() {
        return attention;
    }

    public void setAttention(@Nullable WatchedTerms attention) {
        this.attention = attention;
        attentionStored = null;
    }

    public void setDues(@Nullable DueTimes dues) {
        this.dues = dues;
    }

    public void setClock(Clock clock) {
        this.clock = clock;
    }

    /** The next instant at which an answer may change by itself, in milliseconds since the epoch, or {@link #NEVER}. */
    public long deadline() {
        return clock.deadline();
    }

    public History history() {
        return history;
    }

    public void setHistory(History history) {
        this.history = history;
    }

    public RecentIds recentIds() {
        return recentIds;
    }

    /**
     * The bytes that whoever stores the memberships made of them, as long as they are the same.
     *
     * @param write makes bytes of the memberships, and of nothing else
     */
    public byte[] storedMemberships(Function<List<Membership>, byte[]> write) {
        byte[] known = storedMemberships;
        if (known == null) {
            known = write.apply(memberships());
            storedMemberships = known;
        }
        return known;
    }

    /** The segments that the customer is in, by name. */
    public List<Membership> memberships() {
        return Collections.unmodifiableList(memberships);
    }

    @Nullable
    public Membership membership(String segment) {
        for (Membership membership : memberships) {
            if (membership.segment().equals(segment)) {
                return membership;
            }
        }
        return null;
    }

    public void enter(Membership membership) {
        leave(membership.segment());
        int index = 0;
        while (index < memberships.size() && memberships.get(index).segment().compareTo(membership.segment()) < 0) {
            index++;
        }
        memberships.add(index, membership);
        storedMemberships = null;
    }

    public void leave(String segment) {
        if (memberships.removeIf(membership -> membership.segment().equals(segment))) {
            storedMemberships = null;
        }
    }

    @Nullable
    public Membership membershipOfGroup(String group) {
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
    public Waiting waiting(String segment) {
        for (Waiting known : waiting) {
            if (known.segment().equals(segment)) {
                return known;
            }
        }
        return null;
    }

    public void await(Waiting next) {
        stopAwaiting(next.segment());
        waiting.add(next);
    }

    public void stopAwaiting(String segment) {
        waiting.removeIf(known -> known.segment().equals(segment));
    }

    /** What is remembered for each aggregate. */
    public AggregateStates aggregates() {
        return aggregates;
    }
}
