// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateStates;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.Set;

/**
 * What must be stored of a stream: which events are added, and how they are kept. Readings with the same needs share
 * one aggregate.
 */
public interface Aggregate {
    /**
     * Returns the id of the aggregate in stored states. It depends only on the aggregate's meaning, not on the rest of
     * the plan.
     */
    int id();

    /** Returns the event types that it must receive. */
    Set<String> eventTypes();

    /** Returns the conditions that an event must meet, for the index; {@link #add} tests them itself. */
    List<Node> filters();

    /**
     * Adds an event.
     *
     * @param time of the event, in milliseconds since the epoch
     * @param frame has the event as its element
     * @param now the customer's current time, at or after the event's time
     * @return whether the stored state changed
     * @throws EvaluationException if a condition or value has no value for this event; the state is then unchanged
     */
    boolean add(AggregateStates states, long time, Frame frame, long now);

    /** Adapts the state that another plan stored under this id. */
    default void adopt(AggregateStates states) {}
}
