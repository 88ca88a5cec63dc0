// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import java.util.Map;

/**
 * Work of this instance since it started. Work that was repeated after a failure counts again. The sum that must
 * hold: {@code events = applied + duplicates + erased + forwarded
 * + all dead letters}.
 *
 * @param events records read from the events topic, and events that other partitions sent on
 * @param applied events that were counted into a customer's state
 * @param duplicates events that the customer's state had already counted
 * @param late events that happened long before the newest tick; included in applied or duplicates
 * @param erased events that were dropped because their customer had been erased
 * @param forwarded events that were sent on to the customer that their id goes on as; there, each is another record read
 * @param erasures events that erased their customer; included in applied
 * @param deadLetters records that are not events, by reason
 * @param entered changes of kind ENTERED
 * @param exited changes of kind EXITED
 * @param updated changes of kind UPDATED
 * @param decisions decisions of triggers
 * @param failures expressions that could not be evaluated and counted as false, by definition
 * @param ticks ticks read from the control topic, over all partitions
 * @param refusedControl records of the control topic that could not be decoded or carry an impossible time
 * @param deadlines customers evaluated because a deadline was due
 * @param waiting customers with a pending deadline, now
 */
public record Counts(
        long events,
        long applied,
        long duplicates,
        long late,
        long erased,
        long forwarded,
        long erasures,
        Map<BadRecord.Reason, Long> deadLetters,
        long entered,
        long exited,
        long updated,
        long decisions,
        Map<String, Long> failures,
        long ticks,
        long refusedControl,
        long deadlines,
        long waiting) {
    public Counts {
        deadLetters = Map.copyOf(deadLetters);
        failures = Map.copyOf(failures);
    }

    public long changes() {
        return entered + exited + updated;
    }

    public long deadLettered() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The records that the sum does not explain: 0 except for records in progress. */
    public long unaccounted() {
        return events - applied - duplicates - erased - forwarded - deadLettered();
    }
}
