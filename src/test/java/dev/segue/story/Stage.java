// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Where a story is told. Whatever the stage, the same story gives the same changes. */
public interface Stage extends AutoCloseable {
    /**
     * An event comes in.
     *
     * @param received its record's timestamp
     * @param clock what the changes carry as {@code detected_at}
     */
    void event(Event event, Instant received, Instant clock) throws Exception;

    /** A tick: time moves on for every customer. */
    void timeIs(Instant instant) throws Exception;

    /** The machine stops, and goes on with what it had stored. */
    void restart() throws Exception;

    /** Stops, and goes on with the same customers and other definitions. */
    void becomes(Plan plan) throws Exception;

    /** What was told since the last call. */
    Told told() throws Exception;

    @Override
    default void close() throws IOException {}

    /**
     * @param changes in order for each customer
     * @param failures the definitions of expressions that had no value
     * @param duplicates how many events were known already
     * @param refused why events were no events
     */
    record Told(List<Change> changes, List<String> failures, long duplicates, List<String> refused) {}
}
