package dev.segue.topology;

import dev.segue.config.DrainBudget;

/**
 * Looks at the customers whose deadline has come, in goes of a bounded length, so that a hundred thousand equal deadlines
 * do not hold up live traffic: where events want all of a thread's time, its drains together take at most half of it; what
 * events leave over is theirs. Nothing depends on how far they have come: whoever has an event first is advanced by the
 * event, with the same instants.
 */
final class Drain {
    private final DeadlineIndex index;
    private final DrainBudget budget;
    private final ThreadTime time;

    /** While events come in, the next go begins no sooner, unless the thread has had nothing to do. */
    private long restUntil;

    private long ended;
    private long claimedAtEnd;

    Drain(DeadlineIndex index, DrainBudget budget, ThreadTime time) {
        this.index = index;
        this.budget = budget;
        this.time = time;
        this.restUntil = time.now();
    }

    /** Looks at one customer and tells the next deadline. */
    interface Visit {
        /** The customer's true next deadline after the visit, or {@link DeadlineIndex#NEVER}. */
        long visit(byte[] customer);
    }

    /** Visits customers until the budget of one go is spent; nobody while it rests. */
    void run(long now, Visit visit) {
        if (!index.isDue(now)) {
            return;
        }
        long start = time.now();
        boolean live = time.isLive(start);
        if (live && rests(start)) {
            return;
        }
        int sharing = live ? time.tasks() : 1;
        long longest = budget.time().toNanos() / sharing;
        int left = budget.customers();
        long end;
        do {
            long next = visit.visit(index.first());
            // A deadline that has come and would stay would be visited for ever. There should be none; if there is, it
            // costs its own customer a tick and nobody else anything.
            index.settleFirst(Math.max(next, now + 1));
            left--;
            end = time.now();
        } while (left > 0 && index.isDue(now) && end - start < longest);
        time.drain(start, end);
        ended = end;
        claimedAtEnd = time.claimed();
        restUntil = end + (end - start) * (2L * sharing - 1);
    }

    private boolean rests(long start) {
        boolean hasWaited = start - ended > time.claimed() - claimedAtEnd;
        return start - restUntil < 0 && !hasWaited;
    }
}
