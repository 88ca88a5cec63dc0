// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Event;
import dev.segue.replay.file.ReadReport;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in memory, in order of arrival. */
public final class EventsInMemory implements EventReader {
    private final Iterator<Event> events;

    public EventsInMemory(List<Event> events) {
        this.events = events.iterator();
    }

    @Override
    public @Nullable Event next() {
        return events.hasNext() ? events.next() : null;
    }

    @Override
    public List<ReadReport> reports() {
        return List.of();
    }

    @Override
    public void close() {}
}
