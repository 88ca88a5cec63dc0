// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The cuts of all populations, as far back as any customer has still to be advanced. Belongs to the customers of one
 * task, or of one replay; not safe for several threads.
 */
public final class CutTables {
    /** By population; ascending by instant. */
    private final Map<Long, List<Cuts>> tables = new HashMap<>();

    /** Adds the latest cuts of a population; returns false if they are not later than those that are known. */
    public boolean add(Cuts cuts) {
        List<Cuts> known = tables.computeIfAbsent(cuts.population(), absent -> new ArrayList<>(2));
        if (!known.isEmpty() && known.get(known.size() - 1).at() >= cuts.at()) {
            return false;
        }
        return known.add(cuts);
    }

    /** Returns the cuts of a population at an instant, in milliseconds since the epoch; null if there are none. */
    public @Nullable Cuts at(long population, long instant) {
        List<Cuts> known = tables.getOrDefault(population, List.of());
        for (int index = known.size() - 1; index >= 0; index--) {
            if (known.get(index).at() <= instant) {
                return known.get(index);
            }
        }
        return null;
    }

    /** Returns the latest cuts of a population; null if there are none. */
    public @Nullable Cuts latest(long population) {
        return at(population, Long.MAX_VALUE);
    }

    /**
     * Returns the first instant at which cuts move a bucket to another place, in milliseconds since the epoch; {@link
     * Long#MAX_VALUE} if there is none.
     *
     * @param place where the customer was at the last evaluation
     * @param asked see {@link Cuts#place}
     * @param now the customer's own time: cuts of earlier instants move the bucket now
     */
    public long movesAt(long population, int bucket, int place, int[] asked, long now) {
        List<Cuts> known = tables.getOrDefault(population, List.of());
        for (int index = 0; index < known.size(); index++) {
            boolean isPast = index + 1 < known.size() && known.get(index + 1).at() <= now;
            if (!isPast && known.get(index).place(bucket, asked) != place) {
                return Math.max(known.get(index).at(), now);
            }
        }
        return Long.MAX_VALUE;
    }

    /** Forgets all cuts of a population but those at an instant, in milliseconds since the epoch, and later ones. */
    public void forgetBefore(long instant) {
        tables.values().forEach(known -> {
            while (known.size() > 1 && known.get(1).at() <= instant) {
                known.remove(0);
            }
        });
    }

    /** Forgets populations for which a condition does not hold. */
    public void retain(LongPredicate populations) {
        tables.keySet().removeIf(population -> !populations.test(population));
    }

    /** Returns all cuts, those of a population in ascending order. */
    public List<Cuts> all() {
        return tables.values().stream().flatMap(List::stream).toList();
    }
}
