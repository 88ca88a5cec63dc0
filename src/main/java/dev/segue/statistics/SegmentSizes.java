// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to the segments of one task, and how many members they have at the end of each window.
 *
 * <p>A window is opened by the first tick or change in it: the members that each segment has then count for it. A later
 * change counts for the window of its own instant and for all later ones that are open; it is added to these when the
 * counts are sent or a further window is opened, because many customers may be late at once. So a size is the number of
 * entries minus exits before the end of its window, in whatever order they are learned. Windows that began more than
 * {@value #REACH_HOURS} hours before the last one are not revised. Not safe for several threads.
 */
public final class SegmentSizes {
    /** So many windows are open. */
    public static final int REACH_HOURS = 48;

    private final PendingCounts pending;
    private final Windows windows;
    private final Supplier<? extends Collection<String>> evaluated;
    private final Since since;
    private final Map<String, Long> members = new HashMap<>();
    private @Nullable Open open;
    /** Whether late changes may not have been added to all windows that they count for. */
    private boolean hasLate;

    /**
     * The hours that have been opened.
     *
     * @param first the first one, in milliseconds since the epoch
     * @param last the last one
     */
    public record Open(long first, long last) {}

    /**
     * @param pending receives the counts
     * @param since what happened before changes sizes only
     * @param evaluated returns the names of the segments that are evaluated, which change
     */
    public SegmentSizes(
            PendingCounts pending, Windows windows, Since since, Supplier<? extends Collection<String>> evaluated) {
        this.pending = pending;
        this.windows = windows;
        this.since = since;
        this.evaluated = evaluated;
    }

    /** Restores the hours that had been opened. */
    public void restore(Open known) {
        open = known;
        hasLate = true;
    }

    /** The hours that have been opened; null before the first. */
    public @Nullable Open opened() {
        return open;
    }

    /** Counts a member that is known from before. */
    public void member(String segment) {
        members.merge(segment, 1L, Long::sum);
    }

    /** Counts changes, in their order. */
    public void changed(List<Change> changes) {
        for (Change change : changes) {
            switch (change.kind()) {
                case ENTERED -> entered(change);
                case EXITED -> exited(change);
                case UPDATED -> {}
            }
        }
    }

    /**
     * Counts a membership that goes on here under another id.
     *
     * @param at in milliseconds since the epoch
     */
    public void takenOver(String segment, long at) {
        adjusted(segment, at, 1);
    }

    private void entered(Change change) {
        long at = change.effectiveAt().toEpochMilli();
        if (isAdjustment(change)) {
            adjusted(change.segment(), at, 1);
        } else if (move(change.segment(), at, 1)) {
            pending.add(Subject.segment(change.segment()), at, Measure.ENTERED, 1);
        }
    }

    private void exited(Change change) {
        long at = change.effectiveAt().toEpochMilli();
        if (isAdjustment(change)) {
            adjusted(change.segment(), at, -1);
            return;
        }
        if (!move(change.segment(), at, -1)) {
            return;
        }
        WindowCounts counts = pending.of(Subject.segment(change.segment()), at);
        counts.add(Measure.EXITED, 1);
        if (change.enteredAt() != null && change.cause().kind() != Cause.Kind.ERASURE) {
            counts.addStay(at - change.enteredAt().toEpochMilli());
        }
    }

    private void adjusted(String segment, long at, int more) {
        if (move(segment, at, more)) {
            pending.add(Subject.segment(segment), at, Measure.ADJUSTED, more);
        }
    }

    private static boolean isAdjustment(Change change) {
        return change.cause().kind() == Cause.Kind.DEFINITION || change.cause().kind() == Cause.Kind.MERGE;
    }

    /** Returns false if it happened before anything is counted, so that only sizes change. */
    private boolean move(String segment, long at, int more) {
        Open now = open(at);
        members.merge(segment, (long) more, Long::sum);
        if (now == null) {
            return since.includes(at);
        }
        long from = Math.max(Windows.hour(at), Math.max(now.first(), reach(now.last())));
        WindowCounts counts = pending.of(Subject.segment(segment), from);
        if (from == now.last()) {
            counts.add(Measure.HOUR_MEMBERS, more);
            counts.add(Measure.DAY_MEMBERS, more);
        } else {
            counts.add(Measure.MEMBERS_ONWARD, more);
            hasLate = true;
        }
        return since.includes(at);
    }

    /** Adds late changes to all open windows that they count for. Must be called before the counts are sent. */
    public void spread() {
        Open now = open;
        if (!hasLate || now == null) {
            return;
        }
        hasLate = false;
        Map<Subject, NavigableMap<Long, Long>> late = new HashMap<>();
        pending.remove(Measure.MEMBERS_ONWARD)
                .forEach((slot, more) -> late.computeIfAbsent(slot.subject(), absent -> new TreeMap<>())
                        .put(slot.hour(), more));
        late.forEach((subject, byHour) -> spread(subject, byHour, now.last()));
    }

    private void spread(Subject subject, NavigableMap<Long, Long> byHour, long last) {
        long sum = 0;
        long day = Long.MIN_VALUE;
        for (long hour = byHour.firstKey(); hour <= last; hour += Windows.HOUR) {
            long more = byHour.getOrDefault(hour, 0L);
            sum += more;
            WindowCounts counts = pending.of(subject, hour);
            counts.add(Measure.HOUR_MEMBERS, sum);
            long dayOfHour = windows.day(hour);
            counts.add(Measure.DAY_MEMBERS, dayOfHour == day ? more : sum);
            day = dayOfHour;
        }
    }

    private static long reach(long last) {
        return last - (REACH_HOURS - 1) * Windows.HOUR;
    }

    /**
     * Opens the window of an instant and those before it.
     *
     * @param at in milliseconds since the epoch
     * @return the hours that are open now; null if the instant is before the first hour and none is open
     */
    public @Nullable Open open(long at) {
        long hour = Windows.hour(at);
        Open before = open;
        if (before == null && at < since.instant()) {
            return null;
        }
        if (before != null && hour <= before.last()) {
            return before;
        }
        spread();
        Open now = new Open(before == null ? hour : before.first(), hour);
        long day = before == null ? Long.MIN_VALUE : windows.day(before.last());
        long from = before == null ? hour : Math.max(before.last() + Windows.HOUR, reach(hour));
        for (long next = from; next <= hour; next += Windows.HOUR) {
            boolean newDay = windows.day(next) != day;
            day = windows.day(next);
            report(next, newDay);
        }
        open = now;
        return now;
    }

    private void report(long hour, boolean newDay) {
        TreeSet<String> reported = new TreeSet<>(evaluated.get());
        members.entrySet().removeIf(held -> held.getValue() == 0 && !reported.contains(held.getKey()));
        reported.addAll(members.keySet());
        for (String segment : reported) {
            WindowCounts counts = pending.of(Subject.segment(segment), hour);
            long held = members.getOrDefault(segment, 0L);
            for (WindowSize size : WindowSize.values()) {
                if (size == WindowSize.HOUR || newDay) {
                    counts.add(Measure.members(size), held);
                    counts.add(Measure.partitions(size), 1);
                }
            }
        }
    }
}
