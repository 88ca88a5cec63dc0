package dev.segue.topology;

import dev.segue.config.DrainBudget;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks at the customers whose deadline has come, in goes of a bounded length, so that a hundred thousand equal deadlines
 * do not hold up live traffic: while events come in, all drains of a thread together take at most half of its time. Nothing
 * depends on how far it has come: whoever has an event first is advanced by the event, with the same instants.
 */
final class Drain {
    /** Events come in as long as the last one was no longer ago. */
    private static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DeadlineIndex index;
    private final DrainBudget budget;
    private final IntSupplier sharers;
    private final LongSupplier nanoTime;
    private long lastEvent;
    /** The next go begins no sooner while events come in. */
    private long restUntil;

    /**
     * @param sharers how many tasks the thread works on, at least 1
     * @param nanoTime a clock for spans, in nanoseconds from any origin
     */
    Drain(DeadlineIndex index, DrainBudget budget, IntSupplier sharers, LongSupplier nanoTime) {
        this.index = index;
        this.budget = budget;
        this.sharers = sharers;
        this.nanoTime = nanoTime;
        this.restUntil = nanoTime.getAsLong();
        this.lastEvent = restUntil - LIVE_NANOS;
    }

    /** Looks at one customer and tells the next deadline. */
    interface Visit {
        /** The customer's true next deadline after the visit, or {@link DeadlineIndex#NEVER}. */
        long visit(byte[] customer);
    }

    /** An event has come in. */
    void event() {
        lastEvent = nanoTime.getAsLong();
    }

    /** Visits customers until the budget of one go is spent; nobody while it rests. */
    void run(long now, Visit visit) {
        if (!index.isDue(now)) {
            return;
        }
        long start = nanoTime.getAsLong();
        boolean live = start - lastEvent < LIVE_NANOS;
        if (live && start - restUntil < 0) {
            return;
        }
        int sharing = live ? Math.max(1, sharers.getAsInt()) : 1;
        long longest = budget.time().toNanos() / sharing;
        int left = budget.customers();
        long end;
        do {
            long next = visit.visit(index.first());
            // A deadline that has come and would stay would be visited for ever. There should be none; if there is, it
            // costs its own customer a tick and nobody else anything.
            index.settleFirst(Math.max(next, now + 1));
            left--;
            end = nanoTime.getAsLong();
        } while (left > 0 && index.isDue(now) && end - start < longest);
        restUntil = end + (end - start) * (2L * sharing - 1);
    }
}
