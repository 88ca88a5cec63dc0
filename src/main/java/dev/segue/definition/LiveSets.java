// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.time.Instant;
import java.util.List;

/**
 * The set that is evaluated, and earlier ones whose aggregates are still counted, so that going back to them loses
 * nothing.
 *
 * @param step from 0; each time that an earlier set is no longer kept, the next number
 * @param since from when on the set is evaluated
 * @param kept the latest first
 */
public record LiveSets(DefinitionSet live, int step, Instant since, List<DefinitionSet> kept) {
    public LiveSets {
        kept = List.copyOf(kept);
    }

    /** Returns whether these come after others. */
    public boolean isAfter(LiveSets other) {
        int order = live.at().compareTo(other.live.at());
        return order > 0 || (order == 0 && step > other.step);
    }
}
