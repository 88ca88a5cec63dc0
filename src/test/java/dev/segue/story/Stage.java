// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.ProductFacts;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Plan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** An environment that runs a story. The same story yields the same changes on every stage. */
public interface Stage extends AutoCloseable {
    /**
     * An event arrives.
     *
     * @param received its record's timestamp
     * @param clock the {@code detected_at} of the changes
     */
    void event(Event event, Instant received, Instant clock) throws Exception;

    /**
     * Facts of a product arrive, and all customers who are concerned are evaluated.
     *
     * @param clock the {@code detected_at} of the changes
     */
    default void product(ProductFacts facts, Instant clock) throws Exception {
        throw new UnsupportedOperationException("nothing is known of products here");
    }

    /** A tick: advances time for every customer. */
    void timeIs(Instant instant) throws Exception;

    /** Stops the machine and continues with its stored state. */
    void restart() throws Exception;

    /** Stops, and continues with the same customers and other definitions. */
    void becomes(Plan plan) throws Exception;

    /** The results since the last call. */
    Told told() throws Exception;

    @Override
    default void close() throws IOException {}

    /**
     * @param changes in order for each customer
     * @param decisions of triggers, in order for each customer
     * @param failures the definitions of expressions that had no value
     * @param duplicates how many events were known already
     * @param refused why events were no events
     */
    record Told(
            List<Change> changes,
            List<TriggerDecision> decisions,
            List<String> failures,
            long duplicates,
            List<String> refused) {}
}
