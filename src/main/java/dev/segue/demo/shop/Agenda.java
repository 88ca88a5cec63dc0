package dev.segue.demo.shop;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is going to happen in the shop, in order of time; what was planned first comes first at equal times. */
final class Agenda {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::order));
    private long planned;

    /** Plans something for a time in milliseconds since the epoch. */
    void plan(long time, Happening happening) {
        entries.add(new Entry(time, planned++, happening));
    }

    /** Plans an event. */
    void plan(long time, Draft draft) {
        plan(time, at -> draft);
    }

    /** Takes what comes next. The agenda of a shop that has opened is never empty. */
    Entry takeNext() {
        return entries.remove();
    }

    /** Something that happens: an event, or something that plans more. */
    interface Happening {
        /** The event that it is; null where it only planned others. */
        @Nullable
        Draft at(long time);
    }

    record Entry(long time, long order, Happening happening) {}
}
