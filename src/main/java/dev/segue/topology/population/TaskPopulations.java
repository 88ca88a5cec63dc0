// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.Standings;
import dev.segue.serde.output.PopulationReport;
import dev.segue.serde.state.CutsCodec;
import dev.segue.topology.due.DeadlineIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The populations about which one task's definitions ask: counts its customers in them and reports the counts, and knows
 * the cuts that come back. Not safe for several threads.
 */
public final class TaskPopulations {
    /** The shortest time between two reports of a population. */
    private static final long SECOND = 1000;

    /** Counts that were lost, because nobody read them while the topic kept them, are sent again after so many seconds. */
    private static final long HOUR = 3600;

    /** Arming so many customers takes a few milliseconds. */
    private static final int SLICE = 2_000;

    private final PopulationStore store;
    private final int partition;
    private final long epoch;
    private final CutTables cuts = new CutTables();
    private final Map<Long, Counted> live = new LinkedHashMap<>();
    private final Deque<MovedCustomers> moved = new ArrayDeque<>();
    private long reportedIn = Long.MIN_VALUE;

    /** One population. */
    private static final class Counted {
        private PopulationNeed need;
        private final CountedCustomers customers = new CountedCustomers();
        /** Whether the next report replaces all earlier ones. */
        private boolean isToSendWhole = true;

        /** The second of the last report that did. */
        private long wholeIn;

        private boolean wasComplete;

        private Counted(PopulationNeed need) {
            this.need = need;
        }
    }

    /** @param began the clock when the task began, in milliseconds since the epoch */
    public TaskPopulations(PopulationStore store, int partition, long began) {
        this.store = store;
        this.partition = partition;
        long last = store.populationEpoch();
        // Clocks of machines differ.
        this.epoch = last == Long.MIN_VALUE ? began : Math.max(began, last + 1);
        store.cuts(stored -> {
            boolean unused = cuts.add(CutsCodec.read(stored));
        });
    }

    /** Returns the cuts that all customers of the task share. */
    public CutTables cuts() {
        return cuts;
    }

    /** From now on these populations are counted, and no others. */
    public void count(List<PopulationNeed> needs) {
        Set<Long> ids = new HashSet<>();
        for (PopulationNeed need : needs) {
            Counted counted = live.computeIfAbsent(need.id(), absent -> new Counted(need));
            counted.need = need;
            counted.isToSendWhole = true;
            ids.add(need.id());
        }
        live.keySet().retainAll(ids);
    }

    /** Counts a stored customer. */
    public void stored(byte[] customer, Standings standings) {
        for (int index = 0; index < standings.size(); index++) {
            set(customer, standings.population(index), standings.bucketAt(index));
        }
    }

    /** Counts a customer in other buckets. */
    public void changed(byte[] customer, List<BucketChange> changes) {
        for (BucketChange change : changes) {
            set(customer, change.population(), change.to());
        }
    }

    private void set(byte[] customer, long population, int bucket) {
        Counted counted = live.get(population);
        if (counted != null) {
            counted.customers.set(customer, bucket);
        }
    }

    /**
     * Sends what has changed, at most once a second.
     *
     * @param now the time of the task, in milliseconds since the epoch
     * @param isComplete returns whether every customer has been counted in a population
     */
    public void report(long now, LongPredicate isComplete, Consumer<PopulationReport> send) {
        long second = Math.floorDiv(now, SECOND);
        if (live.isEmpty() || second <= reportedIn) {
            return;
        }
        if (reportedIn == Long.MIN_VALUE) {
            store.populationEpoch(epoch);
        }
        reportedIn = second;
        live.values().forEach(counted -> report(counted, isComplete, send));
    }

    private void report(Counted counted, LongPredicate isComplete, Consumer<PopulationReport> send) {
        long population = counted.need.id();
        boolean complete = isComplete.test(population);
        boolean whole =
                counted.isToSendWhole || complete != counted.wasComplete || reportedIn - counted.wholeIn >= HOUR;
        Map<Integer, Long> counts = whole ? counted.customers.all() : counted.customers.takeChanged();
        if (whole || !counts.isEmpty()) {
            send.accept(new PopulationReport(population, partition, epoch, whole, complete, counts));
        }
        counted.wholeIn = whole ? reportedIn : counted.wholeIn;
        counted.isToSendWhole = false;
        counted.wasComplete = complete;
    }

    /** Returns whether these are the first cuts of a population that is counted, so that every customer must be visited. */
    public boolean isFirst(Cuts next) {
        return live.containsKey(next.population()) && cuts.latest(next.population()) == null;
    }

    /**
     * Takes new cuts; {@link #arm} then arms the customers whom they move.
     *
     * @return whether they are later than those that are known, of a population that is counted
     */
    public boolean take(Cuts next) {
        Counted counted = live.get(next.population());
        Cuts before = cuts.latest(next.population());
        if (counted == null || !cuts.add(next)) {
            return false;
        }
        store.cuts(next.population(), next.at(), CutsCodec.write(next));
        moved.add(new MovedCustomers(before, next, counted.need.asked()));
        return true;
    }

    /** Returns whether customers whom cuts have moved are not armed yet. */
    public boolean isArming() {
        return !moved.isEmpty();
    }

    /** Arms the next few customers whom cuts have moved. */
    public void arm(DeadlineIndex deadlines) {
        MovedCustomers next = moved.peek();
        if (next != null) {
            Counted counted = live.get(next.population());
            if (counted == null
                    || next.goOn(counted.customers, SLICE, customer -> deadlines.arm(customer, next.at()))) {
                moved.remove();
            }
        }
    }

    /**
     * Forgets the cuts that no customer needs any more, because nobody is evaluated at an earlier instant again, nor by
     * earlier definitions.
     *
     * @param now in milliseconds since the epoch
     */
    public void settled(long now) {
        List<Cuts> before = cuts.all();
        if (before.isEmpty()) {
            return;
        }
        cuts.forgetBefore(now);
        cuts.retain(live::containsKey);
        List<Cuts> forgotten = new ArrayList<>(before);
        forgotten.removeAll(cuts.all());
        forgotten.forEach(one -> store.cuts(one.population(), one.at(), null));
    }
}
