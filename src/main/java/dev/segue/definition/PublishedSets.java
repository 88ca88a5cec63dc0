// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The published sets, of which the latest is evaluated.
 *
 * @param sets in the order in which they were published; those that cannot be evaluated are left out
 */
public record PublishedSets(List<DefinitionSet> sets) {
    /** How long the aggregates of a set are kept after it was replaced. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** At most this many earlier sets are kept. */
    public static final int MOST_KEPT = 20;

    public PublishedSets {
        sets = sets.stream()
                .sorted(Comparator.comparing(DefinitionSet::at).thenComparingLong(DefinitionSet::revision))
                .toList();
    }

    /** Returns the latest set; empty if none was published. */
    public Optional<DefinitionSet> latest() {
        return sets.isEmpty() ? Optional.empty() : Optional.of(sets.get(sets.size() - 1));
    }

    /** Returns the set with a revision; the latest, if revisions have begun again. */
    public Optional<DefinitionSet> revision(long revision) {
        return sets.stream().filter(set -> set.revision() == revision).reduce((earlier, later) -> later);
    }

    /** Returns the latest set with the earlier ones that are kept at an instant; empty if none was published. */
    public Optional<LiveSets> at(Instant now) {
        return latest().map(live -> {
            List<DefinitionSet> kept = new ArrayList<>();
            int step = 0;
            for (int index = sets.size() - 2; index >= 0; index--) {
                // A set ends when the next one is published.
                Instant until = sets.get(index + 1).at().plus(KEPT);
                if (until.isAfter(now) && kept.size() < MOST_KEPT) {
                    kept.add(sets.get(index));
                } else if (until.isAfter(live.at())) {
                    step++;
                }
            }
            return new LiveSets(live, step, now, kept);
        });
    }
}
