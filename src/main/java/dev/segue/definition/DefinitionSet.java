// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All definitions that are evaluated together, as they are published.
 *
 * @param revision from 1; each published set has the next number
 * @param at when it was published, in whole milliseconds; each set has a later one than the set before. Sets are ordered by it,
 *     because revisions begin again when the topic of definitions has been deleted
 * @param by who published it
 * @param restores the revision that it restores; null if it does not restore one
 * @param sources in order of name
 */
public record DefinitionSet(
        long revision,
        Instant at,
        String by,
        @Nullable Long restores,
        SetOptions options,
        List<DefinitionSource> sources) {
    public DefinitionSet {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        sources = sources.stream()
                .sorted(Comparator.comparing(DefinitionSource::name))
                .toList();
    }

    /** Returns whether both evaluate the same definitions with the same settings. */
    public boolean means(DefinitionSet other) {
        return options.equals(other.options) && ids().equals(other.ids());
    }

    private List<String> ids() {
        return sources.stream().map(DefinitionSource::id).toList();
    }

    /** Returns this set's definitions as another revision. */
    public DefinitionSet as(long number, Instant when, String who, @Nullable Long restored) {
        return new DefinitionSet(number, when, who, restored, options, sources);
    }
}
