// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * Determines which elements of a series are kept: those that at least one reading needs. Windows are in milliseconds;
 * an element is inside a window when its time is after now minus the window.
 *
 * @param allWithin every element inside this window is kept; 0 for none
 * @param latest number of the latest elements that are kept, as long as they are inside {@code latestWithin}
 * @param latestWithin see {@code latest}
 * @param oldest number of the oldest elements that are kept for ever
 * @param unique whether only the latest element for each value is kept
 * @param cap maximum length of the series
 */
public record Retention(long allWithin, int latest, long latestWithin, int oldest, boolean unique, int cap) {
    public static final long FOREVER = Long.MAX_VALUE;

    /**
     * Maximum length of a stored series. Beyond it, the older half is merged and values read from it are marked
     * approximate; if the values cannot be merged, the oldest elements are dropped.
     */
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

    /** Returns whether a window of all elements is all that is kept. */
    public boolean isWindow() {
        return allWithin > 0 && latest == 0 && oldest == 0 && !unique;
    }

    /** Returns this without a cap, for a series that is not stored but derived from other state. */
    public Retention uncapped() {
        return new Retention(allWithin, latest, latestWithin, oldest, unique, Integer.MAX_VALUE);
    }

    /** Returns the retention that satisfies both. */
    public Retention union(Retention other) {
        return new Retention(
                Math.max(allWithin, other.allWithin),
                Math.max(latest, other.latest),
                Math.max(latestWithin, other.latestWithin),
                Math.max(oldest, other.oldest),
                unique || other.unique,
                Math.max(cap, other.cap));
    }

    /** Returns whether the element at an index (from the oldest) of {@code size} elements is still needed. */
    boolean keeps(int index, int size, long time, long now) {
        return index < oldest
                || inside(allWithin, time, now)
                || (index >= size - latest && inside(latestWithin, time, now));
    }

    private static boolean inside(long window, long time, long now) {
        return window == FOREVER || (window > 0 && time > now - window);
    }
}
