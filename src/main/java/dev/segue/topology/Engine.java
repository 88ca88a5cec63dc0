package dev.segue.topology;

import dev.segue.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates one customer: stored bytes in, changes and bytes out. Safe for several threads. */
interface Engine {
    /** The deadline of a customer who is due at once. */
    long AT_ONCE = Long.MIN_VALUE;

    /**
     * Advances the customer to the later of tick and event, then applies the event.
     *
     * @param stored what is remembered; null for a customer of whom nothing is known
     * @param tick the last tick, in milliseconds since the epoch; {@code Long.MIN_VALUE} where there was none
     * @param detectedAt the clock, in milliseconds since the epoch
     */
    Look apply(byte @Nullable [] stored, Event event, long tick, long detectedAt);

    /** Moves the customer's time forward. */
    Look advance(String customerId, byte[] stored, long to, long detectedAt);

    /**
     * The next instant at which an answer can change by itself: {@link #AT_ONCE} where another plan wrote the state,
     * {@link DeadlineIndex#NEVER} where there is none. Reads a few bytes only.
     */
    long deadline(byte[] stored);

    /** The segments that the customer is in. Reads the first part only. */
    List<String> segments(byte[] stored);
}
