package dev.segue.serde.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many ids are looked up that turn out to be of no use. Each such look-up holds its thread up, and a flood of them
 * would hold up every good event behind it. What is found costs nothing, so good ids are not limited.
 *
 * <p>An id that was passed over and comes again has half of the budget for itself: ids that are made up come once, those
 * of a schema just registered come with every record. Safe for several threads.
 */
final class LookupBudget {
    private static final double NANOS = 1e9;

    /** Of a thread's time, what useless look-ups may take; a slow registry lowers their number. */
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
     * @param perSecond look-ups a second, of which as many may come at once; 0 for any number
     * @param nanoTime a clock for spans, in nanoseconds from any origin
     */
    LookupBudget(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = perSecond;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Whether the id may be looked up now. */
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

    /** Takes the cost of a look-up that found nothing, and took so long. */
    synchronized void spend(long nanos) {
        fill();
        left -= Math.max(1, nanos / NANOS * perSecond / LARGEST_SHARE);
        // One look-up through an outage must not close the registry for longer than a second or two.
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
