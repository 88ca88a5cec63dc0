// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Event;
import dev.segue.replay.file.ReadReport;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one file in order of time; at equal times in the file's order. An event is released once an event later
 * by the window has been read, or once the memory for held events is full. An event that belongs before an already
 * released one keeps its late place, and is counted.
 */
final class SortedEvents implements EventReader {
    private static final Comparator<Held> EARLIEST_FIRST =
            Comparator.comparingLong((Held held) -> held.event.time()).thenComparingLong(held -> held.place);

    private final EventReader file;
    private final SortWithin within;
    private final PriorityQueue<Held> waiting = new PriorityQueue<>(EARLIEST_FIRST);
    private long places;
    private long bytes;
    private long latest = Long.MIN_VALUE;
    private long gone = Long.MIN_VALUE;
    private long moved;
    private long unordered;
    private boolean full;
    private boolean ended;

    private record Held(Event event, long place, long bytes) {}

    /** @param within greater than zero */
    SortedEvents(EventReader file, SortWithin within) {
        this.file = file;
        this.within = within;
    }

    @Override
    public @Nullable Event next() {
        while (!ended && !earliestGoesOn()) {
            Event event = file.next();
            if (event == null) {
                ended = true;
            } else {
                hold(event);
            }
        }
        Held earliest = waiting.poll();
        if (earliest == null) {
            return null;
        }
        bytes -= earliest.bytes;
        long time = earliest.event.time();
        if (time < gone) {
            unordered++;
        }
        gone = Math.max(gone, time);
        return earliest.event;
    }

    private boolean earliestGoesOn() {
        Held earliest = waiting.peek();
        if (earliest == null) {
            return false;
        }
        if (bytes > within.bytes()) {
            full = true;
            return true;
        }
        return latest - earliest.event.time() >= within.millis();
    }

    private void hold(Event event) {
        if (event.time() < latest) {
            moved++;
        }
        latest = Math.max(latest, event.time());
        Held held = new Held(event, places++, EventSize.bytes(event));
        bytes += held.bytes;
        waiting.add(held);
    }

    @Override
    public List<ReadReport> reports() {
        String limit = unordered == 0
                ? ""
                : full ? "more than " + (within.bytes() >> 20) + " MiB of events" : "more than " + within.shown();
        ReadReport.Sorting sorting = new ReadReport.Sorting(moved, unordered, limit);
        return file.reports().stream().map(report -> report.with(sorting)).toList();
    }

    @Override
    public long bytesRead() {
        return file.bytesRead();
    }

    @Override
    public void close() {
        file.close();
    }
}
