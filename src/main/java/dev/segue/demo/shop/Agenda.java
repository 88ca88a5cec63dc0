// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.Comparator;
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

    record Entry(long time, long order, Happening happening) {}
}
