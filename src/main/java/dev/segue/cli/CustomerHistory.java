// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.ErasureSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Nearest;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.replay.EventReader;
import dev.segue.replay.Until;
import dev.segue.serde.state.StateCodec;
import dev.segue.value.ValueText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of one customer, and the plan's results for them up to an instant. */
final class CustomerHistory {
    /** How many other customer ids are kept, to suggest the nearest for a misspelt id. */
    private static final int NAMES = 100_000;

    /** How many instants are evaluated to find the next change. */
    private static final int LOOKS = 1000;

    private final Plan plan;
    private CustomerState state;
    private final List<Event> events = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private long now = Long.MIN_VALUE;
    private @Nullable Long erasedAt;
    private long duplicates;
    private long later;

    private CustomerHistory(Plan plan, String customer) {
        this.plan = plan;
        this.state = new CustomerState(customer);
    }

    /**
     * Reads a customer's events, skipping all others, and applies those up to an instant.
     *
     * @param at the instant; if not set, that of the customer's last event
     * @throws UserError if there is no event of the customer, or none up to the instant
     */
    static CustomerHistory read(EventReader reader, String customer, Plan plan, Until at) {
        List<Event> all = events(reader, customer);
        long last = all.stream().mapToLong(Event::time).max().orElseThrow();
        long until = at.millis(last).orElse(last);
        CustomerHistory history = new CustomerHistory(plan, customer);
        for (Event event : all) {
            if (event.time() <= until) {
                history.apply(event);
            } else {
                history.later++;
            }
        }
        if (history.events.isEmpty() && history.erasedAt != null) {
            throw new UserError("Customer '" + customer + "' was erased at " + ValueText.instant(history.erasedAt)
                    + ", and has no later events.");
        }
        if (history.events.isEmpty()) {
            throw new UserError("Customer '" + customer + "' has no events up to " + ValueText.instant(until)
                    + "; the first event is at "
                    + ValueText.instant(
                            all.stream().mapToLong(Event::time).min().orElseThrow())
                    + ".");
        }
        history.advance(until);
        return history;
    }

    private static List<Event> events(EventReader reader, String customer) {
        List<Event> events = new ArrayList<>();
        Set<String> others = new HashSet<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            if (event.customerId().equals(customer)) {
                events.add(event);
                others.clear();
            } else if (events.isEmpty() && others.size() < NAMES) {
                others.add(event.customerId());
            }
        }
        if (events.isEmpty()) {
            throw new UserError("There is no event of customer '" + customer + "'." + Nearest.hint(customer, others));
        }
        return events;
    }

    private void apply(Event event) {
        if (erasedAt != null
                && !event.erasesCustomer()
                && ErasureSettings.defaults().keepsOut(erasedAt, event.time())) {
            return;
        }
        if (event.erasesOrigin() && state.clock().plan() == 0) {
            return; // Nothing is known of the customer.
        }
        Effects effects = plan.apply(state, event, Long.MIN_VALUE, event.time());
        changes.addAll(effects.changes());
        effects.problems().forEach(problem -> flaws.add(new Flaw(event, problem)));
        if (effects.outcome() == Effects.Outcome.DUPLICATE) {
            duplicates++;
        } else if (effects.outcome() == Effects.Outcome.ERASED) {
            erasedAt = erasedAt == null ? event.time() : Math.max(erasedAt, event.time());
            state = new CustomerState(event.customerId());
            events.clear();
            flaws.clear();
            now = event.time();
            return;
        } else {
            events.add(plan.asCounted(event));
        }
        now = state.clock().now();
    }

    private void advance(long until) {
        changes.addAll(plan.advance(state, until, until).changes());
        now = Math.max(now, until);
    }

    CustomerState state() {
        return state;
    }

    /** The accepted events up to the instant, in order of arrival. */
    List<Event> events() {
        return events;
    }

    /** An event with a part that was ignored or replaced by a default. */
    record Flaw(Event event, InputProblem problem) {}

    /** The unusable parts of the accepted events, in order of arrival. */
    List<Flaw> flaws() {
        return flaws;
    }

    /** All changes up to the instant, in the order in which they became effective. */
    List<Change> changes() {
        return changes;
    }

    /** The instant, in milliseconds since the epoch. */
    long now() {
        return now;
    }

    /** How many events were duplicates. */
    long duplicates() {
        return duplicates;
    }

    /** How many events come after the instant. */
    long later() {
        return later;
    }

    /**
     * The next changes of some segments if no event comes.
     *
     * @param lookedUntil the instant up to which nothing changes; NEVER if nothing ever changes
     */
    record Upcoming(List<Change> changes, long lookedUntil) {}

    Upcoming upcoming(Set<String> segments) {
        CustomerState future = StateCodec.read(state.customerId(), StateCodec.write(state));
        long looked = now;
        for (int look = 0; look < LOOKS && future.deadline() != CustomerState.NEVER; look++) {
            looked = future.deadline();
            List<Change> found = plan.advance(future, looked, looked).changes().stream()
                    .filter(change -> segments.contains(change.segment()))
                    .toList();
            if (!found.isEmpty()) {
                return new Upcoming(found, looked);
            }
        }
        return new Upcoming(List.of(), future.deadline() == CustomerState.NEVER ? CustomerState.NEVER : looked);
    }
}
