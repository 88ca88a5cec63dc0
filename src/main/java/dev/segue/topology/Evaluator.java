// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import dev.segue.topology.due.DeadlineIndex;

/** Evaluates customers and encodes what is to be stored. */
interface Evaluator {
    /** Deadline of a customer that must be visited at once. */
    long AT_ONCE = Long.MIN_VALUE;

    /**
     * Returns the next instant at which time alone can change a result: {@link #AT_ONCE} if another plan wrote the
     * state, {@link DeadlineIndex#NEVER} if there is none. Also one at which the cuts of a population or facts of products move the customer.
     * Reads only a few bytes.
     */
    long deadline(byte[] stored);

    /** As {@link #deadline(byte[])}, of a decoded state. */
    long deadline(CustomerState state);

    /**
     * Advances the customer to the later of tick and event, then applies the event.
     *
     * @param tick the last tick, in milliseconds since the epoch; {@code Long.MIN_VALUE} if there was none
     * @param detectedAt the clock, in milliseconds since the epoch
     */
    Outcome apply(CustomerState state, Event event, long tick, long detectedAt);

    /** Advances the customer to a time. Both times are milliseconds since the epoch. */
    Outcome advance(CustomerState state, long to, long detectedAt);
}
