// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.event.PageName;
import dev.segue.event.Session;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins, continues and ends the sessions of customers. Depends on nothing but the customer's events, in the order in
 * which they arrive, and the time.
 */
final class Visits {
    private final boolean enabled;

    Visits(boolean enabled) {
        this.enabled = enabled;
    }

    /**
     * What happened to the sessions of one customer.
     *
     * @param ended in order of time
     * @param firstView true if the event is the session's first view of its page
     * @param late true if an event belongs to a session that has ended, or before one that goes on
     */
    record Seen(List<Ended> ended, boolean firstView, boolean late) {
        static final Seen NOTHING = new Seen(List.of(), false, false);

        Seen viewed(boolean first) {
            return first ? new Seen(ended, true, late) : this;
        }

        Seen after(Seen earlier) {
            if (earlier.equals(NOTHING)) {
                return this;
            }
            List<Ended> all = new ArrayList<>(earlier.ended);
            all.addAll(ended);
            return new Seen(List.copyOf(all), firstView || earlier.firstView, late || earlier.late);
        }
    }

    /**
     * A session that has ended.
     *
     * @param number of the customer's events so far, which tells sessions apart that begin alike
     */
    record Ended(Session session, long number) {}

    /** Ends a session whose time has come. */
    Seen advance(CustomerState state, long to) {
        Session session = state.session();
        if (session == null || session.endsAt() > to) {
            return Seen.NOTHING;
        }
        state.setSession(null);
        return ended(session, state);
    }

    private Seen ended(Session session, CustomerState state) {
        return enabled ? new Seen(List.of(new Ended(session, state.history().events())), false, false) : Seen.NOTHING;
    }

    /** Counts an event that the customer's state has counted. */
    Seen apply(CustomerState state, Event event) {
        long now = state.clock().now();
        Seen before = advance(state, now);
        if (!enabled || !event.type().activity()) {
            return before;
        }
        Session session = state.session();
        String page = PageName.of(event);
        if (session == null) {
            state.setSession(Session.of(event, now));
            return before.viewed(page != null);
        }
        if (session.includes(event)) {
            state.setSession(session.with(event, now));
            return before.viewed(session.isNews(page));
        }
        if (event.time() < session.start()) {
            return new Seen(before.ended, false, true);
        }
        state.setSession(Session.of(event, now));
        return ended(session, state).after(before).viewed(page != null);
    }

    /** Unites the sessions of a person with two ids, or ends the earlier one. */
    Seen unite(CustomerState state, @Nullable Session other) {
        Session session = state.session();
        if (other == null || session == null) {
            state.setSession(session == null ? other : session);
            return advance(state, state.clock().now());
        }
        Session both = session.and(other);
        if (both != null) {
            state.setSession(both);
            return advance(state, state.clock().now());
        }
        boolean isEarlier = session.start() < other.start();
        state.setSession(isEarlier ? other : session);
        return advance(state, state.clock().now()).after(ended(isEarlier ? session : other, state));
    }
}
