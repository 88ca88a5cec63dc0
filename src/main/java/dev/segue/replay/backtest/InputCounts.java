// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.util.Map;

/**
 * The events of a backtest.
 *
 * @param read events, including duplicates, without those that are left out
 * @param inWindow of these, the events within the window
 * @param leftOut events after the window
 * @param duplicates events whose {@code event_id} was known
 * @param late events older than an event of that customer that had already been applied
 * @param dropped events of erased customers
 * @param links events that name another id of their customer
 * @param customers at the end, without erased ones
 * @param refused records that are not events, by reason; always empty for files, which have a report of their own
 * @param failures how often an expression of the new set failed, by definition
 * @param first time of the earliest event, in milliseconds since the epoch; {@link Long#MAX_VALUE} if there is none
 * @param last time of the latest event that was not left out; {@link Long#MIN_VALUE} if there is none
 * @param engineNanos processor time spent in both plans, over all threads, in nanoseconds
 */
public record InputCounts(
        long read,
        long inWindow,
        long leftOut,
        long duplicates,
        long late,
        long dropped,
        long links,
        long customers,
        Map<String, Long> refused,
        Map<String, Long> failures,
        long first,
        long last,
        long engineNanos) {}
