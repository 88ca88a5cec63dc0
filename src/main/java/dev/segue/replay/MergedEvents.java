// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Event;
import dev.segue.replay.file.ReadReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges several files: always returns the earliest of the files' next events; at equal times, the event of the file
 * named first. Each file stays in its own order.
 */
final class MergedEvents implements EventReader {
    private static final Comparator<Head> EARLIEST_FIRST =
            Comparator.comparingLong((Head head) -> head.event.time()).thenComparingInt(head -> head.file);

    private final List<EventReader> files;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(EARLIEST_FIRST);
    private boolean begun;

    private record Head(Event event, int file) {}

    MergedEvents(List<EventReader> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public @Nullable Event next() {
        if (!begun) {
            begun = true;
            for (int file = 0; file < files.size(); file++) {
                advance(file);
            }
        }
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        advance(head.file);
        return head.event;
    }

    private void advance(int file) {
        Event event = files.get(file).next();
        if (event != null) {
            heads.add(new Head(event, file));
        }
    }

    @Override
    public List<ReadReport> reports() {
        List<ReadReport> all = new ArrayList<>();
        files.forEach(file -> all.addAll(file.reports()));
        return all;
    }

    @Override
    public long bytesRead() {
        return files.stream().mapToLong(EventReader::bytesRead).sum();
    }

    @Override
    public void close() {
        files.forEach(EventReader::close);
    }
}
