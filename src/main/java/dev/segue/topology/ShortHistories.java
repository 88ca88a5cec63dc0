// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Marks the evidence of definitions that look back further than the events that they know. */
final class ShortHistories {
    private final Map<String, Known> byName = new HashMap<>();

    /**
     * What a definition knows.
     *
     * @param since the first event that it knows, in milliseconds since the epoch
     * @param reach how far it looks back; null if to the first event
     */
    private record Known(long since, @Nullable Duration reach) {
        boolean isShort(Instant at) {
            return reach == null || at.minus(reach).toEpochMilli() < since;
        }
    }

    void add(String definition, long since, @Nullable Duration reach) {
        byName.put(definition, new Known(since, reach));
    }

    /** Returns the outcome with its evidence marked. */
    Outcome mark(Outcome outcome) {
        if (byName.isEmpty() || outcome.changes().isEmpty()) {
            return outcome;
        }
        List<Change> marked = new ArrayList<>();
        outcome.changes().forEach(change -> marked.add(mark(change)));
        return outcome.withChanges(marked);
    }

    private Change mark(Change change) {
        String group = change.group();
        Known known = byName.get(group == null ? change.segment() : group);
        if (known == null || !known.isShort(change.effectiveAt())) {
            return change;
        }
        Instant since = Instant.ofEpochMilli(known.since());
        List<Evidence> evidence =
                change.evidence().stream().map(part -> part.knownSince(since)).toList();
        return change.toBuilder().evidence(evidence).build();
    }
}
