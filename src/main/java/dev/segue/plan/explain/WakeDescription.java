// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

/**
 * An instant at which a result may change without an event.
 *
 * @param kind how the instant is determined
 * @param of the stream as written, the date, or the start from which the instant is counted
 * @param after how long after, in milliseconds; unused for OVERDUE
 * @param rank for LATEST and OLDEST, the rank of the element, from 1
 * @param distinct the expression in which elements must differ to be counted separately, as written; empty if each
 *     element counts
 * @param factor for OVERDUE, the multiple of the median gap
 */
public record WakeDescription(Kind kind, String of, long after, long rank, String distinct, double factor) {
    /** How an instant is determined. */
    public enum Kind {
        /** A duration after the rank-th latest element. */
        LATEST,
        /** A duration after the rank-th oldest element. */
        OLDEST,
        /** A duration after each element. */
        EACH,
        /** A multiple of the median gap after the latest element. */
        OVERDUE,
        /** The days before a date begin, or the date has passed. */
        CALENDAR,
        /** A duration after the condition began to hold. */
        HELD,
        /** A duration after the customer left. */
        LEFT
    }

    static WakeDescription each(String stream, long after) {
        return new WakeDescription(Kind.EACH, stream, after, 0, "", 0);
    }

    static WakeDescription plain(Kind kind, String of, long after) {
        return new WakeDescription(kind, of, after, 0, "", 0);
    }
}
