// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import dev.segue.config.DrainBudget;

/**
 * Visits customers whose deadline is due, in passes of bounded length, so that a hundred thousand equal deadlines do
 * not hold up live traffic. Under load, all drains of a thread together take at most half of its time; otherwise they
 * take what events leave over. The order of visits does not affect results: an event advances its customer through the
 * same deadlines.
 */
public final class Drain {
    private final DeadlineIndex index;
    private final DrainBudget budget;
    private final ThreadTime time;

    /** Under load, the next pass begins no sooner than this, unless the thread was idle. */
    private long restUntil;

    private long ended;
    private long claimedAtEnd;

    public Drain(DeadlineIndex index, DrainBudget budget, ThreadTime time) {
        this.index = index;
        this.budget = budget;
        this.time = time;
        this.restUntil = time.now();
    }

    /** Visits one customer and returns its next deadline. */
    public interface Visit {
        /** Returns the customer's true next deadline after the visit, or {@link DeadlineIndex#NEVER}. */
        long visit(byte[] customer);
    }

    /** Visits customers until the budget of one pass is spent; visits none while it rests. */
    public void run(long now, Visit visit) {
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
            // A due deadline that did not move would be visited for ever. There should be none; if there is, it costs
            // its own customer one visit per tick and other customers nothing.
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
