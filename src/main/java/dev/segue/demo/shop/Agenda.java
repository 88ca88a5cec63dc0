// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Future happenings in the shop, in order of time; at equal times, in the order in which they were planned. */
final class Agenda {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::order));
    private long planned;

    /**
     * Plans a happening.
     *
     * @param time milliseconds since the epoch
     */
    void plan(long time, Happening happening) {
        entries.add(new Entry(time, planned++, happening));
    }

    void plan(long time, Draft draft) {
        plan(time, at -> draft);
    }

    /** Removes and returns the next happening. The agenda of an open shop is never empty. */
    Entry takeNext() {
        return entries.remove();
    }

    /** Yields an event, or plans further happenings. */
    interface Happening {
        /** Returns the event; null if it only planned others. */
        @Nullable
        Draft at(long time);
    }

    /**
     * The content of one event.
     *
     * @param type name of the event type
     * @param session the visit; null outside visits
     * @param channel web, app or store
     * @param fields by name; a record is a Map, a list of records a List of Maps
     */
    record Draft(
            String type,
            Shopper shopper,
            @Nullable String session,
            @Nullable String channel,
            Map<String, Object> fields) {}

    record Entry(long time, long order, Happening happening) {}
}
