// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Vocabulary;
import dev.segue.replay.file.UnreadableFile;
import dev.segue.replay.mapping.Mapping;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens files of events. */
public final class EventFiles {
    private EventFiles() {}

    /** As {@link #open(List, Mapping, Vocabulary, Acceptance, SortWithin)}, with each file in its own order. */
    public static EventReader open(List<Path> files, @Nullable Mapping mapping, Vocabulary vocabulary) {
        return open(files, mapping, vocabulary, Acceptance.usual(), SortWithin.NOTHING);
    }

    /**
     * Opens files, plain or gzip by their content, as one stream of events: each file is sorted, then all are merged by
     * time; at equal times the file named first comes first.
     *
     * @param mapping the format of the files; null for canonical JSON lines
     * @param vocabulary the event types that canonical lines may have
     * @param acceptance requirements for events beyond their form
     * @param within how far each file is sorted
     * @throws UnreadableFile if a file is absent, or does not match the mapping
     */
    public static EventReader open(
            List<Path> files,
            @Nullable Mapping mapping,
            Vocabulary vocabulary,
            Acceptance acceptance,
            SortWithin within) {
        EventJson json = new EventJson(vocabulary);
        List<EventReader> readers = new ArrayList<>();
        try {
            for (Path file : files) {
                EventReader reader = mapping == null
                        ? new CanonicalEvents(file, json, acceptance)
                        : new MappedEvents(file, mapping, acceptance);
                readers.add(within.millis() == 0 ? reader : new SortedEvents(reader, within.share(files.size())));
            }
        } catch (UnreadableFile unreadable) {
            readers.forEach(EventReader::close);
            throw unreadable;
        }
        return readers.size() == 1 ? readers.get(0) : new MergedEvents(readers);
    }
}
