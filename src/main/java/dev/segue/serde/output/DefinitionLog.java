// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.PublishedSets;
import dev.segue.event.BadRecord;
import dev.segue.serde.output.DefinitionRecord.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was read of the topic of definitions so far. Not safe for several threads. */
public final class DefinitionLog {
    private final DefinitionRecordCodec codec;
    private final Map<String, DefinitionSource> definitions = new HashMap<>();
    private final Map<Long, Manifest> manifests = new TreeMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private boolean isReplaced;

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
            manifests.values().removeIf(set -> set.key().equals(key));
            return;
        }
        try {
            DefinitionRecord record = codec.decode(value);
            if (record instanceof Manifest set) {
                Manifest known = manifests.put(set.revision(), set);
                isReplaced |= known != null && !known.at().equals(set.at());
            } else if (record instanceof DefinitionRecord.Text text) {
                definitions.put(key, text.source());
            }
        } catch (BadRecord bad) {
            unreadable.put(key, bad.getMessage());
        }
    }

    /** Returns the latest revision, whether or not its set is whole; 0 if there is none. */
    public long latestRevision() {
        return manifests.keySet().stream().mapToLong(revision -> revision).max().orElse(0);
    }

    /** Returns whether a revision was published twice: the topic was deleted and has begun anew. */
    public boolean isReplaced() {
        return isReplaced;
    }

    /** Returns the sets that are whole. */
    public PublishedSets sets() {
        List<DefinitionSet> sets = new ArrayList<>();
        for (Manifest manifest : manifests.values()) {
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
        for (Manifest manifest : manifests.values()) {
            try {
                DefinitionSet unused = manifest.with(definitions);
            } catch (IncompleteSet incomplete) {
                complaints.add(incomplete.getMessage());
            }
        }
        return complaints;
    }
}
