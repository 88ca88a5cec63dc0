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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        List<Long> kept = sets.kept().stream().map(DefinitionSet::revision).toList();
        for (int part = 0; part < parts.size(); part++) {
            messages.add(new Control.Activation(
                    sets.live().revision(),
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
        Map<String, DefinitionRecord> needed = new LinkedHashMap<>();
        DefinitionRecord.of(sets.live()).forEach(record -> needed.put(record.key(), record));
        sets.kept()
                .forEach(set -> DefinitionRecord.of(set).forEach(record -> needed.putIfAbsent(record.key(), record)));
        return needed.values().stream().map(records::encode).toList();
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
                    sets.put(set.revision(), set);
                } else if (decoded instanceof DefinitionRecord.Text text) {
                    definitions.put(text.key(), text.source());
                }
            }
        }
        Control.Activation first = parts.get(0);
        List<DefinitionSet> kept = new ArrayList<>();
        for (long revision : first.kept()) {
            kept.add(whole(revision, sets, definitions));
        }
        return new LiveSets(
                whole(first.revision(), sets, definitions), first.step(), Instant.ofEpochMilli(first.since()), kept);
    }

    private static DefinitionSet whole(
            long revision, Map<Long, Manifest> sets, Map<String, DefinitionSource> definitions) throws BadRecord {
        Manifest set = sets.get(revision);
        if (set == null) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the activation lacks the set of revision " + revision);
        }
        try {
            return set.with(definitions);
        } catch (IncompleteSet incomplete) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the activation is not whole: " + incomplete.getMessage());
        }
    }
}
