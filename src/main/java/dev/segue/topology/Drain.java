package dev.segue.topology;

import dev.segue.config.DrainBudget;
import java.util.function.LongSupplier;

/**
 * Looks at the customers whose deadline has come, a bounded number at a time, so that a hundred thousand equal deadlines
 * do not hold up live traffic. Nothing depends on how far it has come: whoever has an event first is advanced by the
 * event, with the same instants.
 */
final class Drain {
    private final DeadlineIndex index;
    private final DrainBudget budget;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock for spans, in nanoseconds from any origin */
    Drain(DeadlineIndex index, DrainBudget budget, LongSupplier nanoTime) {
        this.index = index;
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /** Looks at one customer and tells the next deadline. */
    interface Visit {
        /** The customer's true next deadline after the visit, or {@link DeadlineIndex#NEVER}. */
        long visit(byte[] customer);
    }

    /** Visits at most so many customers, and stops earlier when the budget is spent. */
    void run(long now, int most, Visit visit) {
        if (!index.isDue(now)) {
            return;
        }
        long start = nanoTime.getAsLong();
        long longest = budget.time().toNanos();
        int left = Math.min(most, budget.customers());
        do {
            long next = visit.visit(index.first());
            // A deadline that has come and would stay would be visited for ever. There should be none; if there is, it
            // costs its own customer a tick and nobody else anything.
            index.settleFirst(Math.max(next, now + 1));
            left--;
        } while (left > 0 && index.isDue(now) && nanoTime.getAsLong() - start < longest);
    }
}
