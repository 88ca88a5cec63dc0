// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.state.CustomerState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares all customers of a replay with each other at every full minute: brings those who are due to that instant,
 * counts all, and moves those whom the new cuts move.
 */
final class MinuteCuts {
    private static final long MINUTE = 60_000;

    private final Plan plan;
    private final Consumer<Effects> listener;
    private final Map<Long, CountedPopulation> populations = new HashMap<>();
    private final CutTables tables = new CutTables();
    private final DueCustomers due = new DueCustomers();
    private long now = Long.MIN_VALUE;
    /** Since when counts may have changed that no cuts have seen. */
    private long changedAt = Long.MAX_VALUE;

    /**
     * @param compared the populations that are compared; with none, nothing happens
     * @param listener receives the effects on customers who are moved, or for whom time passes
     */
    MinuteCuts(Plan plan, List<PopulationNeed> compared, Consumer<Effects> listener) {
        this.plan = plan;
        this.listener = listener;
        for (PopulationNeed need : compared) {
            populations.put(need.id(), new CountedPopulation(need));
        }
    }

    boolean areNeeded() {
        return !populations.isEmpty();
    }

    /** Returns the latest full minute that has passed, in milliseconds since the epoch: no customer lives before it. */
    long now() {
        return now;
    }

    CustomerState admit(CustomerState customer) {
        customer.setCuts(tables);
        return customer;
    }

    /** Counts a customer after an evaluation. */
    void follow(CustomerState customer, Effects effects) {
        if (!areNeeded()) {
            return;
        }
        for (BucketChange change : effects.bucketChanges()) {
            populations.get(change.population()).count(customer, change);
            changedAt = Math.min(changedAt, customer.clock().now());
        }
        for (CountedPopulation population : populations.values()) {
            if (population.await(customer)) {
                changedAt = Math.min(changedAt, customer.clock().now());
            }
        }
        due.put(customer, Math.min(customer.deadline(), plan.movesAt(customer)));
    }

    /** As {@link #follow}, for a customer who is gone. */
    void followLast(CustomerState customer, Effects effects) {
        follow(customer, effects);
        populations.values().forEach(population -> population.remove(customer));
        due.remove(customer);
    }

    /** Lets the full minutes before an instant pass. */
    void passTo(long instant) {
        for (long minute = next(); minute < instant; minute = next()) {
            pass(minute);
        }
        if (areNeeded()) {
            now = Math.max(now, Math.floorDiv(instant - 1, MINUTE) * MINUTE);
        }
    }

    /** Lets time pass up to an instant, which is not before the latest minute, and compares all customers there too. */
    void end(long instant) {
        passTo(instant);
        if (areNeeded()) {
            pass(instant);
        }
    }

    /** Returns the next full minute at which anything may have changed; {@link Long#MAX_VALUE} if there is none. */
    private long next() {
        long change = Math.min(changedAt, due.first());
        if (!areNeeded() || change == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long later = now == Long.MIN_VALUE ? change : Math.max(change, now + 1);
        return Math.floorDiv(later + MINUTE - 1, MINUTE) * MINUTE;
    }

    private void pass(long instant) {
        now = Math.max(now, instant);
        due.take(now).forEach(this::advance);
        changedAt = Long.MAX_VALUE;
        Set<CustomerState> moved = new LinkedHashSet<>();
        for (CountedPopulation population : populations.values()) {
            Cuts cuts = population.cuts(now);
            if (cuts != null && tables.add(cuts)) {
                moved.addAll(population.move(cuts));
            }
        }
        tables.forgetBefore(now);
        moved.forEach(this::advance);
    }

    private void advance(CustomerState customer) {
        Effects effects = plan.advance(customer, now, now);
        listener.accept(effects);
        follow(customer, effects);
    }
}
