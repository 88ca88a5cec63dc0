// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.Limit;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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

    /**
     * Adds the state of another history of the same person, so that readings give the result of all events of both. At
     * equal times, the events of {@code other} arrived later. What a limit has dropped from either stays dropped, and
     * readings that might have needed it are approximate.
     *
     * @param into receives the elements. This plan has written or adopted it, and {@code other}
     * @param other loses its state of this aggregate, so that the two share nothing
     * @param now the later of both histories' current times, in milliseconds since the epoch
     * @param reached receives the limits that were reached, once per occurrence
     * @return whether {@code other} had any state
     */
    boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached);

    /** Adapts the state that another plan stored under this id. */
    default void adopt(AggregateStates states) {}
}
