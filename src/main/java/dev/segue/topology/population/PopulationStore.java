// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one task must not forget of its populations. */
public interface PopulationStore {
    /** Passes the cuts to the visitor, those of a population in ascending order of their instants. */
    void cuts(Consumer<byte[]> visitor);

    /**
     * Stores the cuts of a population.
     *
     * @param at from when on they are valid, in milliseconds since the epoch
     * @param cuts null deletes them
     */
    void cuts(long population, long at, byte @Nullable [] cuts);

    /** The epoch of the last report; {@code Long.MIN_VALUE} if there was none. */
    long populationEpoch();

    void populationEpoch(long epoch);
}
