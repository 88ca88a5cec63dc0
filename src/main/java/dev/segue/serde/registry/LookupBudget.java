// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits look-ups of ids without a usable schema. Each such look-up blocks its thread, and a flood of them would delay
 * every good event behind it. Successful look-ups are free, so good ids are not limited.
 *
 * <p>Half of the budget is reserved for ids that were skipped and arrive again: invented ids arrive once, the id of a
 * newly registered schema arrives with every record. Safe for several threads.
 */
final class LookupBudget {
    private static final double NANOS = 1e9;

    /** The largest share of a thread's time for useless look-ups; a slow registry lowers their number. */
    private static final double LARGEST_SHARE = 0.5;

    private static final int MOST_REMEMBERED = 10_000;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private double left;
    private long filledAt;
    private final Map<Integer, Boolean> passedOver = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * @param perSecond look-ups per second, which is also the largest burst; 0 for no limit
     * @param nanoTime a clock for spans, in nanoseconds from any origin
     */
    LookupBudget(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = perSecond;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Returns true if the id may be looked up now. */
    synchronized boolean allows(int id) {
        if (perSecond == 0) {
            return true;
        }
        fill();
        double kept = passedOver.containsKey(id) ? 0 : perSecond / 2;
        if (left >= kept + 1) {
            passedOver.remove(id);
            return true;
        }
        passedOver.put(id, true);
        return false;
    }

    /**
     * Charges a failed look-up to the budget.
     *
     * @param nanos how long the look-up took, in nanoseconds
     */
    synchronized void spend(long nanos) {
        fill();
        left -= Math.max(1, nanos / NANOS * perSecond / LARGEST_SHARE);
        // One look-up during an outage must not block further look-ups for longer than a second or two.
        left = Math.max(left, -perSecond);
    }

    int perSecond() {
        return perSecond;
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        left = Math.min(perSecond, left + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
