// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message from the place of one id to the place of another. */
public sealed interface Transfer {
    /** The id at whose place it is handled. */
    String to();

    /** The ids at whose places it has been, from the first on. */
    List<String> via();

    /** Returns the ids at whose places it will have been after the next one. */
    default List<String> viaNext() {
        List<String> next = new ArrayList<>(via());
        next.add(to());
        return List.copyOf(next);
    }

    /**
     * An id is to go on as a customer.
     *
     * @param to the id
     * @param into the customer
     * @param at time of the event that links them, in milliseconds since the epoch
     * @param device whether the id came as an {@code anonymous_id}; later claims of other customers are allowed
     * @param firstAt time of the customer's first event if the one that was seen first is to go on, {@link
     *     #OTHER_GOES_ON} if that is the id; null if it is the customer
     */
    record Claim(
            String to,
            String into,
            long at,
            boolean device,
            @Nullable Long firstAt,
            List<String> via) implements Transfer {
        static final long OTHER_GOES_ON = Long.MAX_VALUE;

        /** Returns whether the id is to go on, and not the customer. */
        boolean reverses() {
            return firstAt != null && firstAt == OTHER_GOES_ON;
        }

        Claim onTo(String next) {
            return new Claim(next, into, at, device, firstAt, viaNext());
        }
    }

    /**
     * Everything that is known of an id moves to the customer as which it goes on.
     *
     * @param at as in the claim
     * @param state after {@link dev.segue.plan.Plan#leave}
     */
    record Move(String to, long at, CustomerState state, List<String> via) implements Transfer {
        Move onTo(String next) {
            return new Move(next, at, state, viaNext());
        }
    }

    /** An event of an id that goes on as another customer. */
    record Forward(String to, Event event, List<String> via) implements Transfer {
        Forward onTo(String next) {
            return new Forward(next, event, viaNext());
        }
    }

    /**
     * An id that a customer had claimed belongs to another one.
     *
     * @param id which
     * @param owner the other customer
     * @param at time of the other claim, in milliseconds since the epoch
     */
    record Release(String to, String id, String owner, long at, List<String> via) implements Transfer {
        Release onTo(String next) {
            return new Release(next, id, owner, at, viaNext());
        }
    }

    /**
     * The person behind an id was erased under another id.
     *
     * @param at milliseconds since the epoch
     */
    record Erase(String to, long at, List<String> via) implements Transfer {}
}
