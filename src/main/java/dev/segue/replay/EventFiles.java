// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Vocabulary;
import dev.segue.replay.file.UnreadableFile;
import dev.segue.replay.mapping.Mapping;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens files of events. */
public final class EventFiles {
    private EventFiles() {}

    /** As {@link #open(List, Mapping, Vocabulary, Acceptance, SortWithin, long)}, with each file in its own order and without a current time. */
    public static EventReader open(List<Path> files, @Nullable Mapping mapping, Vocabulary vocabulary) {
        return open(files, mapping, vocabulary, Acceptance.usual(), SortWithin.NOTHING, Long.MAX_VALUE);
    }

    /**
     * Opens files, plain or gzip by their content, as one stream of events: each file is sorted, then all are merged by
     * time; at equal times the file named first comes first.
     *
     * @param mapping the format of the files; null for canonical JSON lines
     * @param vocabulary the event types that canonical lines may have
     * @param acceptance requirements for events beyond their form
     * @param within how far each file is sorted
     * @param now the current time, in milliseconds since the epoch; events later by more than a day are reported
     * @throws UnreadableFile if a file is absent, or does not match the mapping, or if two files would yield equal
     *     event ids
     */
    public static EventReader open(
            List<Path> files,
            @Nullable Mapping mapping,
            Vocabulary vocabulary,
            Acceptance acceptance,
            SortWithin within,
            long now) {
        if (mapping != null && mapping.hasLineIds()) {
            requireDifferentNames(files);
        }
        EventJson json = new EventJson(vocabulary);
        List<EventReader> readers = new ArrayList<>();
        try {
            for (Path file : files) {
                EventReader reader = mapping == null
                        ? new CanonicalEvents(file, json, acceptance, now)
                        : new MappedEvents(file, mapping, acceptance, now);
                readers.add(within.millis() == 0 ? reader : new SortedEvents(reader, within.share(files.size())));
            }
        } catch (UnreadableFile unreadable) {
            readers.forEach(EventReader::close);
            throw unreadable;
        }
        return readers.size() == 1 ? readers.get(0) : new MergedEvents(readers);
    }

    /** Ids of name and line would make the events of the second file duplicates of the first's. */
    private static void requireDifferentNames(List<Path> files) {
        Map<String, Path> named = new HashMap<>();
        for (Path file : files) {
            String name = MappedEvents.sourceName(file);
            Path before = named.put(name, file);
            if (before != null) {
                throw new UnreadableFile(before + " and " + file + " have the same name without extension, '" + name
                        + "', and the mapping makes event ids of name and line: events of the second would be taken for"
                        + " duplicates. Rename one of the files, or set event_id in the mapping.");
            }
        }
    }
}
