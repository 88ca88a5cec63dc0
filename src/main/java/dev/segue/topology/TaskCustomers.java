// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.serde.state.SharedPart;
import dev.segue.serde.state.StateCodec;
import dev.segue.topology.due.DeadlineIndex;
import dev.segue.topology.population.TaskPopulations;
import dev.segue.topology.product.TaskProducts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one task: evaluates one of them at a time, stores the state, publishes the changes, and counts all of
 * it.
 */
final class TaskCustomers {
    private final Customers customers;
    private final TaskPlans plans;
    private final TaskClock time;
    private final DeadlineIndex deadlines;
    private final Outbox outbox;
    private final ErasedCustomers erased;
    private final Audience.Share audience;
    private final TaskStatistics statistics;
    private final TaskProgress progress;
    private final Counters counters;
    private final InstantSource clock;
    private final Linking linking;
    private final TaskPopulations populations;
    private final TaskProducts products;

    TaskCustomers(
            SegmenterParts parts,
            CustomerStore store,
            TaskPlans plans,
            TaskClock time,
            DeadlineIndex deadlines,
            Outbox outbox,
            TaskStatistics statistics,
            TaskPopulations populations,
            TaskProducts products,
            TaskProgress progress) {
        this.customers =
                new Customers(store, plans, parts.cache(), new Customers.Shared(populations.cuts(), products.table()));
        this.populations = populations;
        this.products = products;
        this.plans = plans;
        this.time = time;
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.erased = parts.erasure().over(store);
        this.audience = parts.audience().share();
        this.statistics = statistics;
        this.progress = progress;
        this.counters = parts.counters();
        this.clock = parts.clock();
        this.linking = parts.linking();
        erased.counted(store.scan(this::scanned));
        counters.waiting(deadlines.size());
    }

    private void scanned(byte[] id, byte[] state) {
        deadlines.arm(id, plans.deadline(state));
        audience.customer();
        progress.addCustomers(1);
        StateCodec.segments(state).forEach(segment -> {
            audience.member(segment);
            statistics.member(segment);
        });
        SharedPart shared = StateCodec.shared(state);
        populations.stored(id, shared.standings());
        products.asks(id, shared.asked());
        progress.addStateBytes(id.length + state.length);
    }

    /** Returns true if the event must be dropped, and counts it, because its customer was erased. */
    boolean keepsOut(byte[] id, Event event) {
        boolean keepsOut = erased.keepsOut(id, event);
        if (keepsOut) {
            counters.erased();
        }
        return keepsOut;
    }

    /** The erasures so far. */
    ErasedCustomers.Known erased() {
        return erased.known();
    }

    /** As {@link #keepsOut}, of what happened at an instant, and without counting. */
    boolean isErased(byte[] id, long at) {
        return erased.keepsOut(id, at);
    }

    /**
     * Applies an event.
     *
     * @param key the id under which it was sent
     * @param timestamp of the event's record, in milliseconds since the epoch
     * @return what it links
     */
    Linking.Result apply(byte[] id, String key, Event event, long timestamp) {
        Customers.Known known = customers.get(id);
        Linking.Result linked = linking.link(known.state(), event, key);
        Outcome outcome = known.apply(event, time.now(), clock.millis());
        if (linked.problem() != null) {
            outcome = outcome.with(linked.problem());
        }
        count(id, outcome);
        if (outcome.effects().outcome() == Effects.Outcome.APPLIED) {
            statistics.applied(event, outcome.seen());
        }
        if (outcome.seen().late()) {
            counters.lateForSession();
        }
        begin(known, outcome);
        boolean exists = known.storedBytes() > 0 || outcome.state() != null;
        store(id, known, outcome, timestamp);
        if (outcome.isErasure()) {
            erased.add(id, Math.max(time.now(), event.time()));
        } else if (exists) {
            customers.keep(known);
        }
        arm(id, outcome);
        return linked;
    }

    private void begin(Customers.Known known, Outcome outcome) {
        if (known.storedBytes() == 0 && outcome.state() != null) {
            audience.customer();
            progress.addCustomers(1);
        }
    }

    private void arm(byte[] id, Outcome outcome) {
        int before = deadlines.size();
        deadlines.arm(id, outcome.deadline());
        counters.waiting(deadlines.size() - before);
    }

    /** Visits a customer whose deadline may be due; returns the next one. */
    long visit(byte[] id) {
        Customers.Known known = customers.find(id);
        if (known == null) {
            return DeadlineIndex.NEVER;
        }
        long deadline = known.deadline();
        if (deadline > time.now()) {
            return deadline;
        }
        Outcome outcome = known.advance(time.now(), clock.millis());
        count(id, outcome);
        statistics.ended(outcome.seen());
        store(id, known, outcome, time.now());
        return outcome.deadline();
    }

    private void count(byte[] id, Outcome outcome) {
        counters.count(outcome.effects());
        populations.changed(id, outcome.effects().bucketChanges());
    }

    boolean isKnown(byte[] id) {
        return customers.find(id) != null;
    }

    /** Null if there is no such customer. */
    @Nullable
    CustomerState find(byte[] id) {
        Customers.Known known = customers.find(id);
        return known == null ? null : known.state();
    }

    /** See {@link dev.segue.plan.identity.Residence#linked}. */
    void linked(byte[] id, long timestamp) {
        Customers.Known known = customers.get(id);
        Outcome outcome = plans.linked(known.state(), time.now(), clock.millis());
        count(id, outcome);
        store(id, known, outcome, timestamp);
        arm(id, outcome);
    }

    /** See {@link dev.segue.plan.identity.Residence#leave}. */
    @Nullable
    CustomerState leave(byte[] id, String into, long timestamp) {
        Customers.Known known = customers.find(id);
        if (known == null) {
            return null;
        }
        CustomerState state = known.state();
        Outcome outcome = plans.leave(state, into, time.now(), clock.millis());
        count(id, outcome);
        store(id, known, outcome, timestamp);
        arm(id, outcome);
        return state;
    }

    /** See {@link dev.segue.plan.identity.Residence#unite}. */
    void unite(byte[] id, CustomerState other, long timestamp) {
        Customers.Known known = customers.get(id);
        CustomerState state = known.state();
        Set<Membership> before = Set.copyOf(state.memberships());
        Outcome outcome = plans.unite(state, other, time.now(), clock.millis());
        count(id, outcome);
        begin(known, outcome);
        progress.addStateBytes(keep(id, known, outcome));
        Set<String> others = state.memberships().stream()
                .filter(membership -> !before.contains(membership))
                .map(Membership::segment)
                .collect(Collectors.toSet());
        countTaken(state, before, outcome.changes());
        audience.count(outcome.effects());
        statistics.changed(outcome.effects());
        statistics.ended(outcome.seen());
        outbox.sendSessions(id, outcome.seen(), timestamp);
        outbox.send(id, outcome, others, timestamp);
        outbox.sendDecisions(id, outcome.effects().decisions(), timestamp);
        customers.keep(known);
        arm(id, outcome);
    }

    /** Counts memberships that go on here without a change. */
    private void countTaken(CustomerState state, Set<Membership> before, List<Change> changes) {
        Set<String> known = before.stream().map(Membership::segment).collect(Collectors.toSet());
        Set<String> entered = segments(changes, Change.Kind.ENTERED);
        state.memberships().stream()
                .map(Membership::segment)
                .filter(segment -> !known.contains(segment) && !entered.contains(segment))
                .forEach(segment -> takeOver(segment, state));
        // Left again at once: taken first.
        segments(changes, Change.Kind.EXITED).stream()
                .filter(segment -> !known.contains(segment))
                .forEach(segment -> takeOver(segment, state));
    }

    private void takeOver(String segment, CustomerState state) {
        audience.member(segment);
        statistics.takenOver(segment, state.clock().now());
    }

    private static Set<String> segments(List<Change> changes, Change.Kind kind) {
        return changes.stream()
                .filter(change -> change.kind() == kind)
                .map(Change::segment)
                .collect(Collectors.toSet());
    }

    /** See {@link dev.segue.plan.identity.Residence#erase}. */
    void erase(byte[] id, long at, long timestamp) {
        erased.add(id, Math.max(time.now(), at));
        Customers.Known known = customers.find(id);
        if (known == null) {
            return;
        }
        Outcome outcome = plans.erase(known.state(), at, clock.millis());
        counters.erasedAlso(outcome.effects());
        populations.changed(id, outcome.effects().bucketChanges());
        store(id, known, outcome, timestamp);
        arm(id, outcome);
    }

    private void store(byte[] id, Customers.Known known, Outcome outcome, long timestamp) {
        audience.count(outcome.effects());
        statistics.changed(outcome.effects());
        progress.addStateBytes(keep(id, known, outcome));
        outbox.sendSessions(id, outcome.seen(), timestamp);
        outbox.send(id, outcome, timestamp);
        outbox.sendDecisions(id, outcome.effects().decisions(), timestamp);
        outcome.changes().forEach(change -> countLatency(change, timestamp));
    }

    /** Returns by how many bytes the store grew. */
    private int keep(byte[] id, Customers.Known known, Outcome outcome) {
        int stored = known.storedBytes();
        byte[] state = outcome.state();
        if (state != null) {
            products.asks(id, known.state().askedProducts());
            return customers.put(known, state) + (stored == 0 ? id.length : 0);
        }
        if (outcome.isGone() && stored > 0) {
            customers.delete(known);
            products.gone(id);
            audience.gone();
            progress.addCustomers(-1);
            return -id.length - stored;
        }
        return 0;
    }

    private void countLatency(Change change, long timestamp) {
        Cause.Kind cause = change.cause().kind();
        long from = cause == Cause.Kind.EVENT ? timestamp : change.effectiveAt().toEpochMilli();
        counters.latency(cause, change.detectedAt().toEpochMilli() - from);
    }

    /** After a failed transaction, cached customers are invalid. */
    void close() {
        counters.waiting(-deadlines.size());
        audience.close();
        customers.close();
    }

    static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }
}
