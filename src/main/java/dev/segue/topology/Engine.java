package dev.segue.topology;

import dev.segue.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates customers. Safe for several threads; a customer is not. */
interface Engine {
    /** The deadline of a customer who is due at once. */
    long AT_ONCE = Long.MIN_VALUE;

    /**
     * A customer, who can be kept between events so that what is stored need not be read again.
     *
     * @param stored what is remembered; null for a customer of whom nothing is known
     */
    Customer customer(String id, byte @Nullable [] stored);

    /**
     * The next instant at which an answer can change by itself: {@link #AT_ONCE} where another plan wrote the state,
     * {@link DeadlineIndex#NEVER} where there is none. Reads a few bytes only.
     */
    long deadline(byte[] stored);

    /** The segments that the customer is in. Reads the first part only. */
    List<String> segments(byte[] stored);

    /** One customer as the engine knows them. Changes with each look. */
    interface Customer {
        /**
         * Advances the customer to the later of tick and event, then applies the event.
         *
         * @param tick the last tick, in milliseconds since the epoch; {@code Long.MIN_VALUE} where there was none
         * @param detectedAt the clock, in milliseconds since the epoch
         */
        Outcome apply(Event event, long tick, long detectedAt);

        /** Moves the customer's time forward. */
        Outcome advance(long to, long detectedAt);

        /** See {@link Engine#deadline}. */
        long deadline();
    }
}
