// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateStates;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.Set;

/** What must be remembered of a stream: which events go in, and how they are kept. Shared by all who ask the same. */
public interface Aggregate {
    /** Names the aggregate in stored states: depends on its meaning only, not on its neighbours. */
    int id();

    /** The event types that it must see. */
    Set<String> eventTypes();

    /** The conditions that an event must meet, for the index; {@link #add} tests them itself. */
    List<Node> filters();

    /**
     * Counts an event in.
     *
     * @param time of the event, in milliseconds since the epoch
     * @param frame sees the event as its element
     * @param now the customer's now, at or after the event's time
     * @return whether anything that is remembered changed
     * @throws EvaluationException where a condition or value has no value for this event; nothing changed
     */
    boolean add(AggregateStates states, long time, Frame frame, long now);

    /** Makes what another plan kept under this id fit this plan. */
    default void adopt(AggregateStates states) {}
}
