// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import org.jspecify.annotations.Nullable;

/** The place where some ids are kept: their customers, or the aliases that are left of them. */
public interface Residence {
    /** Null if the id does not go on as another customer. */
    @Nullable
    Alias alias(String id);

    /** Remembers as which customer an id goes on; null if it is a customer of its own again. */
    void setAlias(String id, @Nullable Alias alias);

    /** The customer with this id, whose links may be changed if {@link #linked} follows; null if there is none. */
    @Nullable
    CustomerState customer(String id);

    /** Stores a customer whose links were changed, and evaluates the definitions that read the ids. */
    void linked(CustomerState customer);

    /** Applies an event to the customer with this id, and links what the event names. */
    void apply(String id, String key, Event event);

    /**
     * Ends the memberships of an id that goes on as another customer.
     *
     * @return everything that was known of it, which is no longer kept here; null if nothing was
     */
    @Nullable
    CustomerState leave(String id, String into);

    /** Adds what was known of the same person under another id. */
    void unite(String id, CustomerState other);

    /**
     * Removes everything that is known of an id and its alias, and keeps its late events out.
     *
     * @param at milliseconds since the epoch
     */
    void erase(String id, long at);

    /**
     * Returns whether what happened under an id at an instant is kept out, because its customer was erased.
     *
     * @param at milliseconds since the epoch
     */
    boolean isErased(String id, long at);

    /** Counts a link that was refused where it arrived. */
    void refused(InputProblem problem);

    /** Sends a message to the place of {@link Transfer#to}, which may be this one. */
    void send(Transfer transfer);

    /** Counts something that went back because ids name each other in a circle, or too many follow each other. */
    void circle();
}
