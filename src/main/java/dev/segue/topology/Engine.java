// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates customers. Safe for several threads; a {@link Customer} is not. */
interface Engine {
    /** Deadline of a customer that must be visited at once. */
    long AT_ONCE = Long.MIN_VALUE;

    /**
     * Returns a customer that can be kept between events, so that its stored state need not be read again.
     *
     * @param stored the stored state; null for a customer without any
     */
    Customer customer(String id, byte @Nullable [] stored);

    /**
     * Returns the next instant at which time alone can change a result: {@link #AT_ONCE} if another plan wrote the
     * state, {@link DeadlineIndex#NEVER} if there is none. Reads only a few bytes.
     */
    long deadline(byte[] stored);

    /** Returns the segments that the customer is in. Reads only the first part of the state. */
    List<String> segments(byte[] stored);

    /** One customer's state in memory. Every evaluation modifies it. */
    interface Customer {
        /**
         * Advances the customer to the later of tick and event, then applies the event.
         *
         * @param tick the last tick, in milliseconds since the epoch; {@code Long.MIN_VALUE} if there was none
         * @param detectedAt the clock, in milliseconds since the epoch
         */
        Outcome apply(Event event, long tick, long detectedAt);

        /** Advances the customer to a time. Both arguments are milliseconds since the epoch. */
        Outcome advance(long to, long detectedAt);

        /** See {@link Engine#deadline}. */
        long deadline();
    }
}
