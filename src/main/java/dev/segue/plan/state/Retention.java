// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * Which elements of a series are kept: those that at least one reading needs. Windows are in milliseconds; an element is
 * inside a window when its time is after now minus the window.
 *
 * @param allWithin every element inside this window is kept; 0 for none
 * @param latest so many of the latest are kept, as long as they are inside {@code latestWithin}
 * @param latestWithin see {@code latest}
 * @param oldest so many of the oldest are kept for ever
 * @param unique one element for each value, the latest
 * @param cap a series never grows longer
 */
public record Retention(long allWithin, int latest, long latestWithin, int oldest, boolean unique, int cap) {
    public static final long FOREVER = Long.MAX_VALUE;

    /** A series that is stored never grows longer: its older half becomes coarse and what is read of that is marked approximate; where
     * values cannot be put together, the oldest elements go. */
    public static final int CAP = 1024;

    static final Retention NOTHING = new Retention(0, 0, 0, 0, false, CAP);

    public static Retention all(long window) {
        return new Retention(window, 0, 0, 0, false, CAP);
    }

    public static Retention latest(int count, long window) {
        return new Retention(0, count, window, 0, false, CAP);
    }

    public static Retention oldest(int count) {
        return new Retention(0, 0, 0, count, false, CAP);
    }

    public Retention asUnique() {
        return new Retention(allWithin, latest, latestWithin, oldest, true, cap);
    }

    /** For a series that is not stored, and is as long as what it is made of. */
    public Retention uncapped() {
        return new Retention(allWithin, latest, latestWithin, oldest, unique, Integer.MAX_VALUE);
    }

    /** What either needs. */
    public Retention union(Retention other) {
        return new Retention(
                Math.max(allWithin, other.allWithin),
                Math.max(latest, other.latest),
                Math.max(latestWithin, other.latestWithin),
                Math.max(oldest, other.oldest),
                unique || other.unique,
                Math.max(cap, other.cap));
    }

    /** Whether the element at an index (from the oldest) of so many is still needed. */
    boolean keeps(int index, int size, long time, long now) {
        return index < oldest
                || inside(allWithin, time, now)
                || (index >= size - latest && inside(latestWithin, time, now));
    }

    private static boolean inside(long window, long time, long now) {
        return window == FOREVER || (window > 0 && time > now - window);
    }
}
