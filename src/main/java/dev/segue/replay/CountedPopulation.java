// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.audience.Histogram;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The customers of one population by the bucket of their value, and its latest cuts. */
final class CountedPopulation {
    private final PopulationNeed need;
    private final Histogram histogram = new Histogram();
    private final TreeMap<Integer, Set<CustomerState>> customers = new TreeMap<>();
    private @Nullable Cuts latest;
    private final Set<CustomerState> awaiting = new LinkedHashSet<>();
    private boolean changed = true;

    CountedPopulation(PopulationNeed need) {
        this.need = need;
    }

    void count(CustomerState customer, BucketChange change) {
        histogram.count(change);
        changed = true;
        Set<CustomerState> left = customers.get(change.from());
        if (left != null && left.remove(customer) && left.isEmpty()) {
            customers.remove(change.from());
        }
        if (change.to() != ValueBuckets.NONE) {
            customers.computeIfAbsent(change.to(), absent -> new HashSet<>()).add(customer);
        }
    }

    /** Notes a customer of whom nothing can be said before the first cuts; returns whether there is anything to note. */
    boolean await(CustomerState customer) {
        return latest == null && customer.standings().place(need.id()) == Cuts.AWAITING && awaiting.add(customer);
    }

    void remove(CustomerState customer) {
        awaiting.remove(customer);
    }

    /** Returns the cuts at an instant if they differ from the latest ones in what is asked; null otherwise. */
    @Nullable
    Cuts cuts(long at) {
        if (!changed) {
            return null;
        }
        changed = false;
        Cuts cuts = histogram.cuts(need.id(), need.minimum(), at);
        return latest != null && cuts.agreesWith(latest, need.asked()) ? null : cuts;
    }

    /** Takes cuts as the latest ones, and returns the customers whom they move. */
    List<CustomerState> move(Cuts cuts) {
        List<CustomerState> moved = new ArrayList<>(awaiting);
        awaiting.clear();
        customers.forEach((bucket, inBucket) -> {
            int before = latest == null ? Cuts.AWAITING : latest.place(bucket, need.asked());
            if (before != cuts.place(bucket, need.asked())) {
                moved.addAll(inBucket);
            }
        });
        latest = cuts;
        return moved;
    }
}
