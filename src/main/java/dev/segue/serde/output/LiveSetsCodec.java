// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.LiveSets;
import dev.segue.event.BadRecord;
import dev.segue.serde.output.DefinitionRecord.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Divides sets into control messages that fit into Kafka's records, and joins them again. Safe for several threads. */
public final class LiveSetsCodec {
    /** More parts than any real set needs. */
    static final int MOST_PARTS = 10_000;

    /** The longest part, in bytes, unless a single record is longer: half of what a broker accepts. */
    private static final int PART_BYTES = 500_000;

    private final DefinitionRecordCodec records;

    public LiveSetsCodec(DefinitionRecordCodec records) {
        this.records = records;
    }

    /** Returns the messages, in order. */
    public List<Control.Activation> divide(LiveSets sets) {
        List<List<byte[]>> parts = new ArrayList<>();
        int room = 0;
        for (byte[] record : encoded(sets)) {
            if (room < record.length) {
                parts.add(new ArrayList<>());
                room = PART_BYTES;
            }
            parts.get(parts.size() - 1).add(record);
            room -= record.length;
        }
        List<Control.Activation> messages = new ArrayList<>();
        List<Long> kept = sets.kept().stream().map(LiveSetsCodec::published).toList();
        for (int part = 0; part < parts.size(); part++) {
            messages.add(new Control.Activation(
                    sets.live().revision(),
                    published(sets.live()),
                    sets.step(),
                    sets.since().toEpochMilli(),
                    kept,
                    part + 1,
                    parts.size(),
                    parts.get(part)));
        }
        return messages;
    }

    private List<byte[]> encoded(LiveSets sets) {
        Set<DefinitionRecord> needed = new LinkedHashSet<>(DefinitionRecord.of(sets.live()));
        Set<String> texts = new HashSet<>();
        needed.forEach(record -> texts.add(record.key()));
        for (DefinitionSet set : sets.kept()) {
            for (DefinitionRecord record : DefinitionRecord.of(set)) {
                // Revisions begin again when the topic has been deleted, so several sets may have one key.
                if (record instanceof Manifest || texts.add(record.key())) {
                    needed.add(record);
                }
            }
        }
        return needed.stream().map(records::encode).toList();
    }

    private static long published(DefinitionSet set) {
        return set.at().toEpochMilli();
    }

    /**
     * Joins all parts of one activation.
     *
     * @param parts in order
     * @throws BadRecord if they are not whole
     */
    public LiveSets join(List<Control.Activation> parts) throws BadRecord {
        Map<String, DefinitionSource> definitions = new HashMap<>();
        Map<Long, Manifest> sets = new HashMap<>();
        for (Control.Activation part : parts) {
            for (byte[] record : part.records()) {
                DefinitionRecord decoded = records.decode(record);
                if (decoded instanceof Manifest set) {
                    sets.put(set.at().toEpochMilli(), set);
                } else if (decoded instanceof DefinitionRecord.Text text) {
                    definitions.put(text.key(), text.source());
                }
            }
        }
        Control.Activation first = parts.get(0);
        List<DefinitionSet> kept = new ArrayList<>();
        for (long published : first.kept()) {
            kept.add(whole(published, sets, definitions));
        }
        return new LiveSets(
                whole(first.published(), sets, definitions), first.step(), Instant.ofEpochMilli(first.since()), kept);
    }

    private static DefinitionSet whole(
            long published, Map<Long, Manifest> sets, Map<String, DefinitionSource> definitions) throws BadRecord {
        Manifest set = sets.get(published);
        if (set == null) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED,
                    "the activation lacks the set that was published at " + Instant.ofEpochMilli(published));
        }
        try {
            return set.with(definitions);
        } catch (IncompleteSet incomplete) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the activation is not whole: " + incomplete.getMessage());
        }
    }
}
