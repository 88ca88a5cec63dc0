package dev.segue.plan;

import java.util.function.LongPredicate;

/** A reading that is a count, and knows when a condition on the count can change. */
interface Counting extends Reading {
    long count(Frame frame);

    /** The first instant at which the condition on the count may be another, if no event comes. */
    long stableUntil(Frame frame, LongPredicate condition);
}
