// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.event.Event;
import dev.segue.event.Session;
import dev.segue.plan.Plan;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Standings;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.trigger.Activations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The complete state of one customer. Sparse: an empty aggregate takes no space. {@link Plan} changes it in place; not
 * thread-safe.
 */
public final class CustomerState {
    /** No deadline: time alone changes nothing. */
    public static final long NEVER = Long.MAX_VALUE;

    private final String customerId;
    private Clock clock;
    private History history;
    private final RecentIds recentIds;
    private final LinkedIds linkedIds;
    private final AggregateStates aggregates = new AggregateStates();
    private final List<Membership> memberships;
    /** See {@link #storedMemberships}; null if it must be serialized again. */
    private byte @Nullable [] storedMemberships;

    private final List<Waiting> waiting;
    /** When time alone may change each definition's result; null if it has not been computed yet. */
    private @Nullable DueTimes dueTimes;

    private @Nullable Session session;

    private @Nullable WatchedTerms watched;
    /** The stored differences of the watched terms; null once the terms are in memory, or if nothing was stored. */
    private int @Nullable [] storedDifferences;

    private final CutGroups cutGroups = new CutGroups();
    private final Standings standings = new Standings();
    private CutTables cuts = new CutTables();
    private final TestedElements tested = new TestedElements();
    private final AskedProducts askedProducts = new AskedProducts();
    private ProductTable products = new ProductTable();
    private final Activations activations = new Activations();

    /** Creates the state of a new customer. */
    public CustomerState(String customerId) {
        this(customerId, Clock.NEW, History.NONE, new RecentIds(), new LinkedIds(), List.of(), List.of());
    }

    /** Restores a stored customer; aggregates are added with {@link AggregateStates#putStored}. */
    public CustomerState(
            String customerId,
            Clock clock,
            History history,
            RecentIds recentIds,
            LinkedIds linkedIds,
            List<Membership> memberships,
            List<Waiting> waiting) {
        this.customerId = customerId;
        this.clock = clock;
        this.history = history;
        this.recentIds = recentIds;
        this.linkedIds = linkedIds;
        this.memberships = new ArrayList<>(memberships);
        this.waiting = new ArrayList<>(waiting);
    }

    /**
     * The customer's position in time.
     *
     * @param now the latest evaluated instant, in milliseconds since the epoch; {@link Long#MIN_VALUE} before the first
     * @param deadline the next instant at which time alone may change a result, or {@link #NEVER}
     * @param plan the fingerprint of the plan that wrote the state; 0 before the first event
     */
    public record Clock(long now, long deadline, long plan) {
        public static final Clock NEW = new Clock(Long.MIN_VALUE, NEVER, 0);
    }

    /**
     * Totals of the accepted events, independent of the definitions.
     *
     * @param events number of events
     * @param firstAt time of the earliest, in milliseconds since the epoch
     * @param lastAt time of the latest
     * @param changes number of changes emitted for this customer
     */
    public record History(long events, long firstAt, long lastAt, long changes) {
        public static final History NONE = new History(0, Long.MAX_VALUE, Long.MIN_VALUE, 0);

        public History with(Event event) {
            return new History(events + 1, Math.min(firstAt, event.time()), Math.max(lastAt, event.time()), changes);
        }

        /** Returns the totals of both histories of one person; changes are those of this one. */
        public History and(History other) {
            return new History(
                    events + other.events, Math.min(firstAt, other.firstAt), Math.max(lastAt, other.lastAt), changes);
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

    /** Returns when time alone may change each definition's result; null if it has not been computed yet. */
    public @Nullable DueTimes dueTimes() {
        return dueTimes;
    }

    /**
     * Returns the terms that are watched for this customer but not for a new one, or the reverse, in ascending order;
     * null if they have not been computed yet.
     */
    public int @Nullable [] watchDifferences() {
        return watched == null ? storedDifferences : watched.differences();
    }

    /**
     * Restores the stored due times and differences. They are valid only for the plan whose fingerprint was stored with them.
     */
    public void restoreWatches(@Nullable DueTimes known, int @Nullable [] watchDifferences) {
        dueTimes = known;
        storedDifferences = watchDifferences;
    }

    public CutGroups cutGroups() {
        return cutGroups;
    }

    @Nullable
    public WatchedTerms watched() {
        return watched;
    }

    public void setWatched(@Nullable WatchedTerms watched) {
        this.watched = watched;
        storedDifferences = null;
    }

    public void setDueTimes(@Nullable DueTimes dueTimes) {
        this.dueTimes = dueTimes;
    }

    public void setClock(Clock clock) {
        this.clock = clock;
    }

    /**
     * Returns the next instant at which time alone may change a result, in milliseconds since the epoch, or {@link
     * #NEVER}.
     */
    public long deadline() {
        return clock.deadline();
    }

    /**
     * Returns the next instant at which the customer must be visited: the {@link #deadline}, or the end of the session if
     * that is earlier.
     */
    public long nextVisit() {
        return session == null ? deadline() : Math.min(deadline(), session.endsAt());
    }

    /** Returns the session that goes on; null if there is none. No definition reads it. */
    public @Nullable Session session() {
        return session;
    }

    public void setSession(@Nullable Session session) {
        this.session = session;
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

    /** Returns where the customer stands in the populations that are counted. */
    public Standings standings() {
        return standings;
    }

    /** Returns the cuts of those populations, which all customers of a task share; not part of the stored state. */
    public CutTables cuts() {
        return cuts;
    }

    public void setCuts(CutTables shared) {
        cuts = shared;
    }

    public TestedElements tested() {
        return tested;
    }

    /** Returns the products about which the definitions asked. */
    public AskedProducts askedProducts() {
        return askedProducts;
    }

    /** Returns the facts of all products, which all customers of a task share; not part of the stored state. */
    public ProductTable products() {
        return products;
    }

    public void setProducts(ProductTable shared) {
        products = shared;
    }

    /** Returns what triggers remember of the customer. */
    public Activations activations() {
        return activations;
    }

    /** Returns the other ids of the same person. */
    public LinkedIds linkedIds() {
        return linkedIds;
    }

    /** Returns the ids of the person that definitions see: the customer's own, then the others in ascending order. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>(linkedIds.shown());
        ids.add(0, customerId);
        return Collections.unmodifiableList(ids);
    }

    /**
     * Returns the serialized memberships, cached until the next change.
     *
     * @param write serializes the memberships, independent of anything else
     */
    public byte[] storedMemberships(Function<List<Membership>, byte[]> write) {
        byte[] known = storedMemberships;
        if (known == null) {
            known = write.apply(memberships());
            storedMemberships = known;
        }
        return known;
    }

    /** Returns the customer's memberships, ordered by segment name. */
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

    /** Returns the segments that the customer may enter later, in no particular order. */
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

    public AggregateStates aggregates() {
        return aggregates;
    }
}
