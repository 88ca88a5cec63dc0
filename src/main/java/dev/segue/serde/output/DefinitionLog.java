// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.PublishedSets;
import dev.segue.event.BadRecord;
import dev.segue.serde.output.DefinitionRecord.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was read of the topic of definitions so far. Not safe for several threads. */
public final class DefinitionLog {
    private final DefinitionRecordCodec codec;
    private final Map<String, DefinitionSource> definitions = new HashMap<>();
    /** In the order in which they were published; revisions begin again when the topic has been deleted. */
    private final TreeSet<Manifest> manifests =
            new TreeSet<>(Comparator.comparing(Manifest::at).thenComparingLong(Manifest::revision));

    private final Map<String, String> unreadable = new TreeMap<>();

    public DefinitionLog(DefinitionRecordCodec codec) {
        this.codec = codec;
    }

    /**
     * Adds a record. One that cannot be read is remembered with its reason.
     *
     * @param value null if the record was deleted
     * @throws dev.segue.serde.registry.RegistryException if the registry is unavailable
     */
    public void add(String key, byte @Nullable [] value) {
        unreadable.remove(key);
        definitions.remove(key);
        if (value == null) {
            manifests.removeIf(set -> set.key().equals(key));
            return;
        }
        try {
            DefinitionRecord record = codec.decode(value);
            if (record instanceof Manifest set) {
                manifests.remove(set);
                manifests.add(set);
            } else if (record instanceof DefinitionRecord.Text text) {
                definitions.put(key, text.source());
            }
        } catch (BadRecord bad) {
            unreadable.put(key, bad.getMessage());
        }
    }

    /** Returns the latest revision, whether or not its set is whole; 0 if there is none. */
    public long latestRevision() {
        return manifests.isEmpty() ? 0 : manifests.last().revision();
    }

    /** Returns when the latest set was published, whether or not it is whole; the epoch if there is none. */
    public Instant latestAt() {
        return manifests.isEmpty() ? Instant.EPOCH : manifests.last().at();
    }

    /** Returns the revision of the next set. */
    public long nextRevision() {
        return 1 + manifests.stream().mapToLong(Manifest::revision).max().orElse(0);
    }

    /** Returns the instant of the next set: now, but later than that of the latest one, whose publisher's clock may be ahead. */
    public Instant nextAt(Instant now) {
        Instant earliest = latestAt().plusMillis(1);
        return now.isBefore(earliest) ? earliest : now;
    }

    /** Returns the sets that are whole. */
    public PublishedSets sets() {
        List<DefinitionSet> sets = new ArrayList<>();
        for (Manifest manifest : manifests) {
            try {
                sets.add(manifest.with(definitions));
            } catch (IncompleteSet incomplete) {
                // See complaints().
            }
        }
        return new PublishedSets(sets);
    }

    /** Returns a sentence for each record that cannot be read and each set that is not whole. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        unreadable.forEach((key, reason) -> complaints.add("the record '" + key + "' cannot be read: " + reason));
        for (Manifest manifest : manifests) {
            try {
                DefinitionSet unused = manifest.with(definitions);
            } catch (IncompleteSet incomplete) {
                complaints.add(incomplete.getMessage());
            }
        }
        return complaints;
    }
}
