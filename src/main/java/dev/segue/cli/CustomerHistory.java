// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.ErasureSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Nearest;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.replay.EventReader;
import dev.segue.replay.Persons;
import dev.segue.replay.Until;
import dev.segue.serde.state.StateCodec;
import dev.segue.value.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The events of one person, and the plan's results for them up to an instant. */
final class CustomerHistory implements Persons.Listener {
    /** How many other customer ids are kept, to suggest the nearest for a misspelt id. */
    private static final int NAMES = 100_000;

    /** How many instants are evaluated to find the next change. */
    private static final int LOOKS = 1000;

    private final Plan plan;
    private final String customer;
    private final Persons persons;
    private final Map<String, PersonTrace> traces = new HashMap<>();
    private final List<Event> laterEvents = new ArrayList<>();
    private CustomerState state;
    private long number;
    private long now = Long.MIN_VALUE;

    private CustomerHistory(Plan plan, Linking linking, String customer) {
        this.plan = plan;
        this.customer = customer;
        this.persons = Persons.some(plan, linking, ErasureSettings.defaults(), this);
        this.state = new CustomerState(customer);
    }

    /**
     * Reads the events of a customer and of the ids that may be the same person, and applies those up to an instant.
     *
     * @param ids all of them
     * @param at the instant; if not set, that of the last event
     * @throws UserError if there is no event of the customer, or none up to the instant
     */
    static CustomerHistory read(
            EventReader reader, String customer, Set<String> ids, Plan plan, Linking linking, Until at) {
        List<Event> all = events(reader, customer, ids);
        OptionalLong end = at.millis(all.stream().mapToLong(Event::time).max().orElseThrow());
        CustomerHistory history = new CustomerHistory(plan, linking, customer);
        for (Event event : all) {
            if (end.isEmpty() || event.time() <= end.getAsLong()) {
                history.number++;
                history.persons.apply(event);
            } else {
                history.laterEvents.add(event);
            }
        }
        history.requireEvents(all, end);
        history.advance(end);
        return history;
    }

    private void requireEvents(List<Event> all, OptionalLong end) {
        Long erasedAt = trace().erasedAt();
        if (trace().events().isEmpty() && erasedAt != null) {
            throw new UserError("Customer '" + customer + "' was erased at " + ValueText.instant(erasedAt)
                    + ", and has no later events.");
        }
        if (trace().events().isEmpty()) {
            throw new UserError("Customer '" + customer + "' has no events up to "
                    + ValueText.instant(end.orElse(Long.MIN_VALUE)) + "; the first event is at "
                    + ValueText.instant(
                            all.stream().mapToLong(Event::time).min().orElseThrow())
                    + ".");
        }
    }

    private static List<Event> events(EventReader reader, String customer, Set<String> ids) {
        List<Event> events = new ArrayList<>();
        Set<String> others = new HashSet<>();
        for (Event event = reader.next(); event != null; event = reader.next()) {
            if (ids.contains(event.customerId())) {
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

    private PersonTrace trace(String id) {
        return traces.computeIfAbsent(id, any -> new PersonTrace());
    }

    private PersonTrace trace() {
        return trace(persons.person(customer));
    }

    @Override
    public void applied(String id, Event event, Effects effects, boolean behind) {
        changed(effects);
        effects.problems().forEach(problem -> trace(id).flaw(number, event, problem));
        if (effects.outcome() == Effects.Outcome.DUPLICATE) {
            trace(id).duplicate();
        } else if (effects.outcome() == Effects.Outcome.ERASED) {
            trace(id).erased(event.time());
        } else {
            trace(id).event(number, plan.asCounted(event));
        }
    }

    @Override
    public void changed(Effects effects) {
        effects.changes().forEach(change -> trace(change.customerId()).change(number, change));
        effects.decisions().forEach(decision -> trace(decision.customerId()).decision(number, decision));
    }

    @Override
    public void moved(String from, String into) {
        trace(into).add(trace(from));
        traces.remove(from);
    }

    @Override
    public void refused(InputProblem problem) {
        // The event that is refused says so itself.
    }

    @Override
    public void keptOut(Event event) {
        // As if it had not been sent.
    }

    private void advance(OptionalLong end) {
        String person = persons.person(customer);
        CustomerState known = persons.customer(person);
        state = known == null ? new CustomerState(person) : known;
        long last = trace().events().stream().mapToLong(Event::time).max().orElseThrow();
        long until = end.orElse(Math.max(last, state.clock().now()));
        number++;
        changed(plan.advance(state, until, until));
        now = Math.max(state.clock().now(), until);
    }

    /** The id that was asked about; the customer may go on under another one, see {@link #state()}. */
    String asked() {
        return customer;
    }

    CustomerState state() {
        return state;
    }

    /** The accepted events up to the instant, in order of arrival. */
    List<Event> events() {
        return trace().events();
    }

    /** An event with a part that was ignored or replaced by a default. */
    record Flaw(Event event, InputProblem problem) {}

    /** The unusable parts of the accepted events, in order of arrival. */
    List<Flaw> flaws() {
        return trace().flaws();
    }

    /** All changes up to the instant, in the order in which they became effective. */
    List<Change> changes() {
        return trace().changes();
    }

    /** The decisions of a trigger up to the instant, in order. */
    List<TriggerDecision> decisions(String trigger) {
        return trace().decisions().stream()
                .filter(decision -> decision.trigger().equals(trigger))
                .toList();
    }

    /** The next decisions of a trigger if no event comes; the last of them is final. */
    List<TriggerDecision> upcomingDecisions(String trigger) {
        CustomerState future = StateCodec.read(state.customerId(), StateCodec.write(state));
        List<TriggerDecision> found = new ArrayList<>();
        for (int look = 0; look < LOOKS && future.deadline() != CustomerState.NEVER; look++) {
            long looked = future.deadline();
            plan.advance(future, looked, looked).decisions().stream()
                    .filter(decision -> decision.trigger().equals(trigger))
                    .forEach(found::add);
            if (!found.isEmpty() && found.get(found.size() - 1).isFinal()) {
                break;
            }
        }
        return found;
    }

    /** The instant, in milliseconds since the epoch. */
    long now() {
        return now;
    }

    /** How many events were duplicates. */
    long duplicates() {
        return trace().duplicates();
    }

    /** How many events come after the instant. */
    long later() {
        String person = persons.person(customer);
        return laterEvents.stream()
                .filter(event -> persons.person(event.customerId()).equals(person))
                .count();
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
