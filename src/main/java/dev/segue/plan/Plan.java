package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.util.List;

/** All definitions compiled together. Immutable and safe for many threads; each customer's state is not. */
public final class Plan {

    private Plan() {}

    /** Compiles checked definitions. */
    public static Plan compile(List<Definition> definitions, Vocabulary vocabulary) {
        return new Plan();
    }

    /** Names this plan: two plans with the same definitions and vocabulary have the same fingerprint. */
    public long fingerprint() {
        return 0;
    }

    /** The fingerprint of the plan that last looked at this customer; 0 for a new customer. */
    public static long fingerprintOf(CustomerState state) {
        return 0;
    }

    /**
     * Moves a customer's time forward, answering at every instant on the way at which an answer can change, up to and
     * including {@code to}. A state that another plan wrote is asked all of this plan's definitions first.
     *
     * @param to milliseconds since the epoch; an earlier time than the customer's own does nothing
     * @param detectedAt the clock, in milliseconds since the epoch; goes into the changes
     */
    public Effects advance(CustomerState state, long to, long detectedAt) {
        return new Effects(Effects.Outcome.ADVANCED, List.of(), false);
    }

    /**
     * Applies one event: advances the customer to the later of {@code tick} and the event's time, then counts the event
     * and asks the definitions that it touches. Returns the changes of both. A duplicate does nothing at all.
     *
     * @param tick the last tick's time, in milliseconds since the epoch; {@code Long.MIN_VALUE} where there was none
     * @param detectedAt the clock, in milliseconds since the epoch; goes into the changes
     */
    public Effects apply(CustomerState state, Event event, long tick, long detectedAt) {
        return new Effects(Effects.Outcome.APPLIED, List.of(), true);
    }

    /** What is known of the customer now. */
    public CustomerProfile profile(CustomerState state) {
        java.time.Instant zero = java.time.Instant.EPOCH;
        return new CustomerProfile(
                state.customerId(),
                zero,
                List.of(),
                List.of(),
                java.util.Map.of(),
                new CustomerProfile.Totals(0, zero, zero, 0, java.math.BigDecimal.ZERO));
    }
}
