package dev.segue.replay;

import dev.segue.event.Vocabulary;
import dev.segue.serde.Acceptance;
import dev.segue.serde.EventJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens files of events. */
public final class EventFiles {
    private EventFiles() {}

    /** The same with what is usual. */
    public static EventReader open(List<Path> files, @Nullable Mapping mapping, Vocabulary vocabulary) {
        return open(files, mapping, vocabulary, Acceptance.usual());
    }

    /**
     * Opens files, plain or gzip by their content, as one stream of events: merged by time, each file in its own order,
     * at equal times the file named first.
     *
     * @param mapping what the files are; null for canonical JSON lines
     * @param vocabulary the event types that canonical lines may have
     * @param acceptance what events must have besides their form
     * @throws UnreadableFile when a file is absent, or is not what the mapping says
     */
    public static EventReader open(
            List<Path> files, @Nullable Mapping mapping, Vocabulary vocabulary, Acceptance acceptance) {
        EventJson json = new EventJson(vocabulary);
        List<EventReader> readers = new ArrayList<>();
        try {
            for (Path file : files) {
                readers.add(mapping == null ? new CanonicalEvents(file, json, acceptance) : new MappedEvents(file, mapping, acceptance));
            }
        } catch (UnreadableFile unreadable) {
            readers.forEach(EventReader::close);
            throw unreadable;
        }
        return readers.size() == 1 ? readers.get(0) : new MergedEvents(readers);
    }
}
