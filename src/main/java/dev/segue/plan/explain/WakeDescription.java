// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

/**
 * An instant at which an answer may change although no event comes.
 *
 * @param kind what the instant follows from
 * @param of the stream as written, or the date, or what the instant is counted from
 * @param after how long after, in milliseconds; of OVERDUE not used
 * @param rank of LATEST and OLDEST: which one, from 1
 * @param distinct what two elements must differ in to count as two, as written; empty where each counts
 * @param factor of OVERDUE: so many times the median gap
 */
public record WakeDescription(Kind kind, String of, long after, long rank, String distinct, double factor) {
    /** What an instant follows from. */
    public enum Kind {
        /** So long after the rank-th latest element. */
        LATEST,
        /** So long after the rank-th oldest element. */
        OLDEST,
        /** So long after each element. */
        EACH,
        /** A factor of the median gap after the latest element. */
        OVERDUE,
        /** The days before a date begin, or the date is over. */
        CALENDAR,
        /** So long after the condition began to hold. */
        HELD,
        /** So long after the customer left. */
        LEFT
    }

    static WakeDescription each(String stream, long after) {
        return new WakeDescription(Kind.EACH, stream, after, 0, "", 0);
    }

    static WakeDescription plain(Kind kind, String of, long after) {
        return new WakeDescription(kind, of, after, 0, "", 0);
    }
}
