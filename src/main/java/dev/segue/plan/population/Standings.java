// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

import java.util.Arrays;

/**
 * Where one customer stands in each population: the bucket of the value that is counted, and the place to which the
 * latest cuts put it. A population in which the customer is not counted takes no space, unless its first cuts are awaited.
 */
public final class Standings {
    private long[] populations = new long[0];
    private int[] buckets = new int[0];
    private int[] places = new int[0];

    public int size() {
        return populations.length;
    }

    /** Returns the population at an index; in no particular order. */
    public long population(int index) {
        return populations[index];
    }

    public int bucketAt(int index) {
        return buckets[index];
    }

    public int placeAt(int index) {
        return places[index];
    }

    /** Returns the bucket in which the customer is counted; {@link ValueBuckets#NONE} if in none. */
    public int bucket(long population) {
        int index = index(population);
        return index < 0 ? ValueBuckets.NONE : buckets[index];
    }

    /** Returns the place; {@link Cuts#NOWHERE} if there is none. */
    public int place(long population) {
        int index = index(population);
        return index < 0 ? Cuts.NOWHERE : places[index];
    }

    /** @param bucket {@link ValueBuckets#NONE} if the customer is no longer counted */
    public void set(long population, int bucket, int place) {
        int index = index(population);
        if (bucket == ValueBuckets.NONE && place != Cuts.AWAITING) {
            if (index >= 0) {
                remove(index);
            }
            return;
        }
        if (index < 0) {
            index = populations.length;
            populations = Arrays.copyOf(populations, index + 1);
            buckets = Arrays.copyOf(buckets, index + 1);
            places = Arrays.copyOf(places, index + 1);
            populations[index] = population;
        }
        buckets[index] = bucket;
        places[index] = place;
    }

    public void addAll(Standings others) {
        for (int index = 0; index < others.size(); index++) {
            set(others.populations[index], others.buckets[index], others.places[index]);
        }
    }

    private void remove(int index) {
        int last = populations.length - 1;
        populations[index] = populations[last];
        buckets[index] = buckets[last];
        places[index] = places[last];
        populations = Arrays.copyOf(populations, last);
        buckets = Arrays.copyOf(buckets, last);
        places = Arrays.copyOf(places, last);
    }

    private int index(long population) {
        for (int index = 0; index < populations.length; index++) {
            if (populations[index] == population) {
                return index;
            }
        }
        return -1;
    }
}
